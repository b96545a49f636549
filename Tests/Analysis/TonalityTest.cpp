#include "Analysis/Tonality.h"

#include "Analysis/Grids.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace organum;
using namespace organum::analysis;
using test::none;

TEST_CASE("Notes are counted by pitch class, not steps", "[tonality]")
{
    const auto counts =
        pitchClassCounts(test::piece({{60, 60, 60, 72, none, 62}, {49, 49, 49, 49, 49, 49}}));
    CHECK(counts == PitchClassCounts{2, 1, 1});
}

TEST_CASE("Scale consistency is the share in the best major or minor scale", "[tonality]")
{
    // Six notes of G major, one of them F#, and two outside it.
    CHECK(scaleConsistency({1, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1}) == Approx(6.0 / 8.0));
    // A natural minor is C major's set; harmonic minor's G# is outside.
    CHECK(scaleConsistency({1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1}) == Approx(6.0 / 7.0));
    CHECK(scaleConsistency({0, 0, 0, 0, 0, 0, 0, 5}) == 1.0);
    CHECK(std::isnan(scaleConsistency({})));
}

TEST_CASE("Entropy is in bits", "[tonality]")
{
    CHECK(pitchClassEntropy({1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}) == Approx(std::log2(12.0)));
    CHECK(pitchClassEntropy({2, 0, 1, 1}) == Approx(1.5));
    CHECK(pitchClassEntropy({7}) == 0.0);
    CHECK(std::isnan(pitchClassEntropy({})));
    CHECK(pitchClassesUsed({2, 0, 1, 1}) == 3);
}

TEST_CASE("Measures of tonality are means over pieces that sound", "[tonality]")
{
    const auto chromatic = test::piece({{60, 61, 62, 63}});
    const auto still = test::piece({{60, 60, 60, 60}});
    const auto silent = test::piece({{none, none}});
    const auto tonality = measureTonality({chromatic, still, silent});
    // C, C#, D, D#: three of four lie in B flat minor and others.
    CHECK(tonality.scaleConsistency.mean == Approx((0.75 + 1.0) / 2));
    CHECK(tonality.scaleConsistency.deviation == Approx(0.125));
    CHECK(tonality.entropy.mean == Approx(1.0));
    CHECK(tonality.pitchClasses.mean == Approx(2.5));
}

TEST_CASE("Tonal centroids follow the circles of fifths and thirds", "[tonality]")
{
    const auto one = [](std::size_t pitchClass) {
        PitchClassCounts chroma{};
        chroma[pitchClass] = 1;
        return tonalCentroid(chroma);
    };
    const auto expect = [](const TonalCentroid& centroid, const TonalCentroid& wanted) {
        for (std::size_t i = 0; i < wanted.size(); ++i)
            CHECK(centroid[i] == Approx(wanted[i]).margin(1e-12));
    };
    const auto half = 0.5, root = std::sqrt(3.0) / 2;
    expect(one(0), {0, 1, 0, 1, 0, 0.5});
    // E: 28 twelfths of a turn by fifths, 3 turns by minor thirds, 4/3 turns by major thirds.
    expect(one(4), {root, -half, 0, 1, 0.5 * root, -0.25});
    // G: 49/12, 21/4 and 7/3 of a turn.
    expect(one(7), {half, root, 1, 0, 0.5 * root, -0.25});
}

TEST_CASE("Tonal distance compares what sounds in a beat", "[tonality]")
{
    // Beats of two steps. First: C against C, distance 0; then C and G against C; then silence.
    const auto music =
        test::piece({{60, 60, 60, 67, 60, 60, 60}, {48, 36, 48, 48, none, none, 49}}, 2, 4);
    const auto pairs = tonalDistances({music});
    REQUIRE(pairs.size() == 1);
    // Half the distance of C and G, which is sqrt((1/2)^2 + (1-root)^2 + 1 + 1 + ...).
    const auto root = std::sqrt(3.0) / 2;
    const auto squares = 0.25 + (1 - root) * (1 - root) + 1 + 1 + 0.25 * 0.75 + 0.75 * 0.75;
    CHECK(pairs[0].value == Approx((0 + std::sqrt(squares) / 2) / 2));
    CHECK(tonalDistances({test::piece({{60, 60}})}).empty());
    const auto apart = tonalDistances({test::piece({{60, none}, {none, 60}}, 1, 2)});
    CHECK(std::isnan(apart[0].value));
}
