#include "Score/Elements.h"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace organum::score;

TEST_CASE("Without a metre, bars have four quarters")
{
    const BarGrid grid({});
    const auto position = grid.at(Quarters(9, 2));
    CHECK(position.bar == 1);
    CHECK(position.offset == Quarters(1, 2));
    CHECK(position.barLength == Quarters(4));
    CHECK(grid.barStart(3) == Quarters(12));
}

TEST_CASE("A metre change begins a new bar")
{
    // Two bars of 3/4, then 6/8; the change at quarter 7 cuts the third bar of 3/4 short.
    const BarGrid grid({{Quarters(0), 3, 4}, {Quarters(7), 6, 8}});
    CHECK(grid.at(Quarters(6)).bar == 2);
    CHECK(grid.at(Quarters(6)).offset == Quarters(0));
    CHECK(grid.at(Quarters(7)).bar == 3);
    CHECK(grid.at(Quarters(7)).numerator == 6);
    CHECK(grid.at(Quarters(7)).offset == Quarters(0));
    CHECK(grid.at(Quarters(10)).bar == 4);
    CHECK(grid.barStart(2) == Quarters(6));
    CHECK(grid.barStart(3) == Quarters(7));
    CHECK(grid.barStart(5) == Quarters(13));
}

TEST_CASE("Every bar starts where the grid says it does")
{
    const BarGrid grid({{Quarters(2), 5, 8}, {Quarters(12), 4, 4}, {Quarters(21), 7, 16}});
    for (int bar = 0; bar < 20; ++bar) {
        const auto position = grid.at(grid.barStart(bar));
        CHECK(position.bar == bar);
        CHECK(position.offset == Quarters(0));
    }
}

TEST_CASE("Moments before the beginning lie in bars with negative numbers")
{
    const BarGrid grid({{Quarters(0), 3, 4}});
    const auto position = grid.at(Quarters(-1));
    CHECK(position.bar == -1);
    CHECK(position.offset == Quarters(2));
}

TEST_CASE("A metre without beats is refused")
{
    CHECK_THROWS_AS(BarGrid({{Quarters(0), 0, 4}}), std::invalid_argument);
}
