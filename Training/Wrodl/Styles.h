#pragma once

// The fashion of planet Wrodl (sections 1.2 to 1.4 of the book): five categorical features, 4032
// combinations, and fifty inhabitants to learn from.

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace organum::training
{

struct Feature
{
    std::string name;
    std::vector<std::string> values;
};

constexpr std::size_t featureCount = 5;

/** Hair style, hair colour, glasses, clothing, clothing colour, with 7, 6, 3, 4 and 8 values. */
const std::array<Feature, featureCount>& features();

/** One value of each feature, in the order of features(). */
using Style = std::array<int, featureCount>;

constexpr std::size_t combinations = 7 * 6 * 3 * 4 * 8;

/** 0 ... combinations - 1, the last feature fastest; and back. */
std::size_t indexOf(const Style& style);
Style styleAt(std::size_t index);

/** "long straight, red, round, crew neck, white". */
std::string describe(const Style& style);

/** Fifty styles. The book prints ten of them (table 1.1, the first ten here) and how often each
    value occurs among the fifty (table 1.2); nobody has published the other forty. These were drawn
    at random by us among those that make table 1.2 come out exactly, with workedExample() twice and
    nobody like it in blue. */
const std::vector<Style>& inhabitants();

/** The combination whose chance the book works out, and the same in blue. */
Style workedExample();
Style workedExampleInBlue();

} // namespace organum::training
