#include "Engine/PhraseMatcher.h"

#include <catch2/catch.hpp>

using namespace organum;
using engine::PhraseMatcher;

namespace
{

PhraseMatcher heard(const std::vector<std::vector<int>>& chords,
                    std::size_t memory = PhraseMatcher::defaultMemory)
{
    PhraseMatcher matcher(memory);
    score::Quarters onset;
    for (const auto& chord : chords) {
        matcher.append({chord, onset, {1, 2}});
        onset += {1, 2};
    }
    return matcher;
}

} // namespace

TEST_CASE("A phrase played again points at what came after it the first time", "[phrase]")
{
    const auto matcher = heard({{60}, {62}, {64}, {65}, {60}, {62}, {64}});
    const auto& candidates = matcher.candidates();
    REQUIRE(candidates.size() == 7);
    CHECK(candidates[3].literalLength == 3); // 60 62 64 went on to 65
    CHECK(candidates[2].literalLength == 0);
    CHECK(candidates[3].transposedLength == 0);
}

TEST_CASE("A phrase moved by an interval points at what would follow, moved", "[phrase]")
{
    const auto matcher = heard({{60}, {62}, {64}, {65}, {67}, {69}, {71}});
    const auto& candidate = matcher.candidates()[3];
    CHECK(candidate.literalLength == 0);
    CHECK(candidate.transposedLength == 3); // 60 62 64 -> 67 69 71
    CHECK(candidate.interval == 7);
}

TEST_CASE("Rhythm is part of a phrase", "[phrase]")
{
    PhraseMatcher matcher;
    matcher.append({{60}, 0, {1, 2}});
    matcher.append({{62}, {1, 2}, {1, 2}});
    matcher.append({{60}, 1, {1, 4}});
    CHECK(matcher.candidates()[1].literalLength == 0);
    matcher.append({{60}, {5, 4}, {1, 2}});
    CHECK(matcher.candidates()[1].literalLength == 1);
}

TEST_CASE("Chords are moved as a whole and rests cannot be moved", "[phrase]")
{
    const auto matcher = heard({{48, 55}, {}, {50, 57}});
    CHECK(matcher.candidates()[1].transposedLength == 0); // a rest would follow
    const auto chords = heard({{48, 55}, {60}, {50, 57}});
    CHECK(chords.candidates()[1].transposedLength == 1);
    CHECK(chords.candidates()[1].interval == 2);
    const auto other = heard({{48, 55}, {60}, {50, 58}});
    CHECK(other.candidates()[1].transposedLength == 0); // another shape
}

TEST_CASE("Every match agrees with a plain comparison of the music", "[phrase]")
{
    std::vector<std::vector<int>> chords;
    unsigned state = 7;
    for (int i = 0; i < 300; ++i) {
        state = state * 1664525u + 1013904223u;
        const int pitch = 60 + static_cast<int>((state >> 20) % 3);
        chords.push_back(state % 11 == 0 ? std::vector<int>{} : std::vector<int>{pitch});
    }
    const auto matcher = heard(chords);
    for (std::size_t j = 1; j < chords.size(); ++j) {
        int length = 0;
        while (static_cast<std::size_t>(length) < j &&
               chords[j - 1 - static_cast<std::size_t>(length)] ==
                   chords[chords.size() - 1 - static_cast<std::size_t>(length)])
            ++length;
        CHECK(matcher.candidates()[j].literalLength == length);
    }
}

TEST_CASE("A short memory knows the same of the elements it still holds", "[phrase]")
{
    std::vector<std::vector<int>> chords;
    for (int i = 0; i < 100; ++i)
        chords.push_back({60 + i % 7});
    const auto whole = heard(chords);
    const auto part = heard(chords, 30);
    REQUIRE(part.firstCandidate() == 70);
    for (std::size_t j = 70; j < 100; ++j) {
        // What lies out of memory cannot lengthen a match.
        CHECK(part.candidates()[j].literalLength <= whole.candidates()[j].literalLength);
        CHECK((part.candidates()[j].literalLength > 0) ==
              (whole.candidates()[j].literalLength > 0));
    }
}

TEST_CASE("Classes of candidates fill the score table without gaps", "[phrase]")
{
    CHECK(PhraseMatcher::lengthClass(0) == 0);
    CHECK(PhraseMatcher::lengthClass(6) == 6);
    CHECK(PhraseMatcher::lengthClass(7) == 6);
    CHECK(PhraseMatcher::lengthClass(1000) == PhraseMatcher::lengthClasses - 1);
    CHECK(PhraseMatcher::distanceClass(1) == 0);
    CHECK(PhraseMatcher::distanceClass(2) == 1);
    CHECK(PhraseMatcher::distanceClass(100000) == PhraseMatcher::distanceClasses - 1);
    CHECK(PhraseMatcher::shareClass(4, 10) == 0);
    CHECK(PhraseMatcher::shareClass(5, 10) == 1);
    CHECK(PhraseMatcher::shareClass(9, 10) == 2);
    CHECK(PhraseMatcher::scoreRow(0, false, 1) == 0);
    CHECK(PhraseMatcher::scoreRow(1000, true, 1000) == PhraseMatcher::scoreRows - 1);
}
