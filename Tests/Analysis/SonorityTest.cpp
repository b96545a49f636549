#include "Analysis/Sonority.h"

#include "Analysis/Grids.h"
#include "Score/ChoraleFile.h"
#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace organum;
using namespace organum::analysis;
using test::none;

TEST_CASE("Mean pitch is taken over the steps at which a voice sounds", "[sonority]")
{
    const auto found = measureSonority({test::piece({{72, 74, none}, {60, 60, 60}})});
    REQUIRE(found.pitch.size() == 2);
    CHECK(found.pitch[0] == 73);
    CHECK(found.pitch[1] == 60);
    CHECK(found.pitchTogether == Approx(326.0 / 5));
    CHECK(found.span == 13); // of the two steps at which both sound
    const auto silent = measureSonority({test::piece({{none, none}})});
    CHECK(std::isnan(silent.pitchTogether));
    CHECK(std::isnan(silent.span));
    CHECK(std::isnan(silent.dissonantPercent));
}

TEST_CASE("Seconds, tritones and sevenths dissonate, in whatever octave; fourths do not",
          "[sonority]")
{
    const auto percent = [](int upper, int lower) {
        return measureSonority({test::piece({{upper}, {lower}})}).dissonantPercent;
    };
    for (const int interval : {1, 2, 6, 10, 11, 13, 14, 18, 22, 23}) {
        CHECK(percent(60 + interval, 60) == 100);
        CHECK(percent(60, 60 + interval) == 100); // crossed
    }
    for (const int interval : {0, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 19, 24})
        CHECK(percent(60 + interval, 60) == 0);
    // Of the three pairs of C, E and B one dissonates; with a fourth voice silent still.
    CHECK(measureSonority({test::piece({{71}, {none}, {64}, {60}})}).dissonantPercent ==
          Approx(100.0 / 3));
}

TEST_CASE("Bach's voices lie where they are known to", "[sonority]")
{
    const auto folder = test::realData("jsb_chorales");
    if (!folder)
        return;
    const auto splits = score::readChorales(*folder / "Jsb16thSeparated.json");
    const auto of = [](const std::vector<score::VoiceGrid>& grids) {
        Pieces pieces;
        for (const auto& grid : grids)
            pieces.push_back({"", grid, 4, 16});
        return measureSonority(pieces);
    };
    // Counted by another program.
    const auto train = of(splits.train);
    CHECK(train.pitch[0] == Approx(70.41626325809084));
    CHECK(train.pitch[3] == Approx(50.63792102206737));
    CHECK(train.pitchTogether == Approx(61.37673298533794));
    CHECK(train.span == Approx(19.810418631647682));
    CHECK(train.dissonantPercent == Approx(9.970210642512589));
    const auto test = of(splits.test);
    CHECK(test.pitchTogether == Approx(61.41074937596261));
    CHECK(test.span == Approx(19.68197748513169));
    CHECK(test.dissonantPercent == Approx(10.25000885300471));
}
