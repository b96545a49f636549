#include "Analysis/Piece.h"

#include "Analysis/Grids.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <stdexcept>

using namespace organum;
using namespace organum::analysis;

TEST_CASE("Cutting keeps whole windows from the beginning on", "[piece]")
{
    // Bars of two steps: five and a half of them, and a piece of one.
    const auto longer = test::piece({{1, 1, 2, 2, 2, 3, 4, 4, 5, 5, 6}}, 1, 2);
    const auto shorter = test::piece({{7, 7}}, 1, 2);
    CHECK(longer.wholeBars() == 5);
    CHECK(longer.bars() == 5.5);
    const auto cut = cutIntoBars({longer, shorter}, 2);
    REQUIRE(cut.pieces.size() == 2);
    CHECK(cut.pieces[0].grid.pitches == std::vector<int>{1, 1, 2, 2});
    CHECK(cut.pieces[1].grid.pitches == std::vector<int>{2, 3, 4, 4});
    CHECK(cut.pieces[1].grid.onset(0, 0)); // the note sounds on into the window
    CHECK(cut.pieces[1].name == "piece, bars 3-4");
    CHECK(cut.tooShort == 1);
    CHECK(cut.barsLeftOut == 2.5);
    CHECK_THROWS_AS(cutIntoBars({longer}, 0), std::invalid_argument);
}

TEST_CASE("Averages know their spread", "[piece]")
{
    const auto average = averageOf({1, 2, 3, 6});
    CHECK(average.mean == Approx(3));
    CHECK(average.deviation == Approx(std::sqrt(3.5)));
    CHECK(std::isnan(averageOf({}).mean));
    CHECK(std::isnan(ratioOrNothing(1, 0)));
}
