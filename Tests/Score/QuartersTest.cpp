#include "Score/Quarters.h"
#include "Support/RandomScore.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <stdexcept>

using organum::score::Quarters;

TEST_CASE("Three triplets make exactly one quarter")
{
    const Quarters triplet(1, 3);
    CHECK(triplet + triplet + triplet == Quarters(1));
    CHECK(Quarters(1, 4) + Quarters(1, 12) == triplet);
    CHECK(Quarters(1, 3) - Quarters(1, 12) == Quarters(1, 4));
    CHECK(Quarters(2, 3) * Quarters(3, 4) == Quarters(1, 2));
    CHECK(Quarters(1, 2) / Quarters(3) == Quarters(1, 6));
}

TEST_CASE("Times are kept in lowest terms with a positive denominator")
{
    CHECK(Quarters(2, -4).numerator() == -1);
    CHECK(Quarters(2, -4).denominator() == 2);
    CHECK(Quarters(0, 7).denominator() == 1);
    CHECK_THROWS_AS(Quarters(1, 0), std::invalid_argument);
    CHECK_THROWS_AS(Quarters(1) / Quarters(0), std::invalid_argument);
}

TEST_CASE("Times are written and read as fractions")
{
    for (const auto* text : {"0", "3/4", "-1/12", "27720", "9223372036854775807/2"})
        CHECK(Quarters::fromString(text).toString() == text);
    CHECK(Quarters::fromString("6/8") == Quarters(3, 4));
    for (const auto* text : {"", "/", "1/", "/2", "1/0", "1/-2", "1.5", "a", "1/2/3", " 1",
                             "9223372036854775808", "-9223372036854775808"})
        CHECK_THROWS_AS(Quarters::fromString(text), std::invalid_argument);
}

TEST_CASE("Rounding to a grid takes ties up, below zero as well")
{
    CHECK(Quarters(1, 8).roundedToGrid(4) == Quarters(1, 4));
    CHECK(Quarters(-1, 8).roundedToGrid(4) == Quarters(0));
    CHECK(Quarters(-3, 8).roundedToGrid(4) == Quarters(-1, 4));
    CHECK(Quarters(5, 12).roundedToGrid(3) == Quarters(1, 3));
    CHECK(Quarters(-1, 3).floor() == -1);
    CHECK(Quarters(7, 3).floor() == 2);
    CHECK(Quarters(7, 3).toSteps(480) == 1120);
}

TEST_CASE("Times are ordered as numbers, however large their parts are")
{
    organum::test::RandomNumbers random(7);
    for (int i = 0; i < 5000; ++i) {
        const Quarters a(random.between(-1000, 1000), random.between(1, 60));
        const Quarters b(random.between(-1000, 1000), random.between(1, 60));
        const auto left = a.numerator() * b.denominator();
        const auto right = b.numerator() * a.denominator();
        REQUIRE((a < b) == (left < right));
        REQUIRE((a == b) == (left == right));
        REQUIRE((a - b < Quarters(0)) == (a < b));
    }
    const auto large = std::numeric_limits<std::int64_t>::max();
    CHECK(Quarters(large - 1, large) < Quarters(1));
    CHECK(Quarters(large - 2, large - 1) < Quarters(large - 1, large));
    CHECK_FALSE(Quarters(large - 1, large) < Quarters(large - 2, large - 1));
    CHECK(Quarters(-(large - 1), large) > Quarters(-1));
}

TEST_CASE("A time too large for 64 bits is an error and not a wrong time")
{
    const auto large = std::numeric_limits<std::int64_t>::max();
    CHECK_THROWS_AS(Quarters(large) + Quarters(1), std::overflow_error);
    CHECK_THROWS_AS(Quarters(large) * Quarters(2), std::overflow_error);
    CHECK_THROWS_AS(Quarters(1, large) + Quarters(1, large - 1), std::overflow_error);
    CHECK_THROWS_AS(Quarters(-large) - Quarters(1), std::overflow_error);
    CHECK_THROWS_AS(Quarters(std::numeric_limits<std::int64_t>::min()), std::overflow_error);
    CHECK(Quarters(large) - Quarters(large) == Quarters(0));
    CHECK(Quarters(large, 2) * Quarters(2, large) == Quarters(1));
}
