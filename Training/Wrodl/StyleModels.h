#pragma once

// Two models of a style. The histogram gives every combination a chance of its own and so repeats
// what it has seen; naive Bayes takes the features for independent and so invents (sections 1.2 to
// 1.4 of the book). Both are fitted by counting: maximum likelihood has no loop.

#include "Training/Wrodl/Styles.h"

#include <cstdint>
#include <string>
#include <vector>

namespace organum::training
{

/** A chance for each of the 4032 combinations: (n + a) / (N + 4032 a) with a pseudo-count a. The
    book divides by N + d with d = 4031, its free parameters; chances then sum to 1.0002. */
class StyleHistogram
{
public:
    StyleHistogram(const std::vector<Style>& styles, double pseudoCountIn);
    /** From counts that were kept; throws std::invalid_argument when they are no counts of all
        combinations, or the pseudo-count is negative or not finite. */
    StyleHistogram(std::vector<std::int64_t> countsIn, double pseudoCountIn);

    double probability(const Style& style) const;
    /** The style in whose share of [0, 1) `uniform` falls. */
    Style sample(double uniform) const;
    /** Total chance of the combinations that were never seen. */
    double unseenMass() const;
    std::size_t distinct() const;
    static constexpr std::size_t parameters = combinations - 1;

    const std::vector<std::int64_t>& counts() const { return seen; }
    double pseudoCount() const { return added; }

private:
    double weight(std::size_t index) const;
    std::vector<std::int64_t> seen;
    double added = 0.0;
    double total = 0.0;
};

/** Product of the shares of each feature's value. */
class NaiveBayesStyles
{
public:
    explicit NaiveBayesStyles(const std::vector<Style>& styles);
    /** counts[feature][value]; throws std::invalid_argument when they do not match features(). */
    explicit NaiveBayesStyles(std::vector<std::vector<std::int64_t>> countsIn);

    double share(std::size_t feature, int value) const;
    double probability(const Style& style) const;
    Style sample(const std::array<double, featureCount>& uniforms) const;
    /** Combinations with a chance above 0. */
    std::size_t reachable() const;
    static constexpr std::size_t parameters = 7 + 6 + 3 + 4 + 8 - featureCount;

    const std::vector<std::vector<std::int64_t>>& counts() const { return seen; }

private:
    std::vector<std::vector<std::int64_t>> seen;
    double total = 0.0;
};

/** The n-th style that a model draws with a seed. */
Style drawStyle(const StyleHistogram& model, std::uint64_t seed, std::uint64_t n);
Style drawStyle(const NaiveBayesStyles& model, std::uint64_t seed, std::uint64_t n);

/** Mean of ln p over the inhabitants, nats. */
template <typename Model>
double meanLogLikelihood(const Model& model, const std::vector<Style>& styles);

extern template double meanLogLikelihood(const StyleHistogram&, const std::vector<Style>&);
extern template double meanLogLikelihood(const NaiveBayesStyles&, const std::vector<Style>&);

} // namespace organum::training
