#include "Analysis/Bars.h"

#include "Analysis/Grids.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace organum;
using namespace organum::analysis;
using test::none;

TEST_CASE("Bars are counted voice by voice and together", "[bars]")
{
    // Bars of four steps; the third is cut short.
    const auto music = test::piece({{60, 62, 72, none, none, none, none, none, 64, 64},
                                    {48, 48, 55, 55, 50, 50, 50, 50, 50, 50}},
                                   2, 4);
    const auto bars = measureBars({music});
    CHECK(bars.emptyPercent == std::vector<double>{50, 0});
    CHECK(bars.emptyPercentTogether == 0);
    // 60 and 72 are one class; the empty bar counts for silence alone.
    CHECK(bars.pitchClasses[0] == Approx(2));
    CHECK(bars.pitchClasses[1] == Approx(1.5));
    // C D G, then D.
    CHECK(bars.pitchClassesTogether == Approx(2));
    // Four notes and three notes in two and a half bars.
    CHECK(bars.notes[0] == Approx(4 / 2.5));
    CHECK(bars.notes[1] == Approx(3 / 2.5));
    CHECK(bars.notesTogether == Approx(7 / 2.5));
}

TEST_CASE("A voice is measured in the pieces that have it", "[bars]")
{
    const auto one = test::piece({{60, 62}}, 1, 2);
    const auto two = test::piece({{60, 60}, {48, none}}, 1, 2);
    const auto bars = measureBars({one, two});
    CHECK(bars.notes == std::vector<double>{1.5, 1});
    CHECK(bars.emptyPercent == std::vector<double>{0, 0});
}

TEST_CASE("Nothing to measure is no number", "[bars]")
{
    const auto silent = test::piece({{none, none}}, 1, 2);
    const auto bars = measureBars({silent});
    CHECK(bars.emptyPercent == std::vector<double>{100});
    CHECK(bars.emptyPercentTogether == 100);
    CHECK(std::isnan(bars.pitchClasses[0]));
    CHECK(std::isnan(measureBars({}).pitchClassesTogether));
}
