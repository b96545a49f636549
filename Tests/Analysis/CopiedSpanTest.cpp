#include "Analysis/CopiedSpan.h"

#include "Analysis/Grids.h"

#include <catch2/catch.hpp>

using namespace organum;
using namespace organum::analysis;
using test::none;

TEST_CASE("A copy is found in whatever key, all voices together", "[copy]")
{
    const Pieces reference = {
        test::piece({{60, 60, 61, 61}, {50, 51, 52, 53}}),
        test::piece({{70, 72, 74, 72, none, 70}, {60, 60, 58, 55, 53, 58}}),
    };
    // Steps 1 to 4 of the second piece, two semitones higher, then one voice astray.
    const auto music = test::piece({{1, 74, 76, 74, none, 72}, {9, 62, 60, 57, 55, 61}});
    const CopySearch search(reference);
    const auto copy = search.longest(music);
    CHECK(copy.steps == 4);
    CHECK(copy.begin == 1);
    CHECK(copy.piece == 1);
    CHECK(copy.pieceBegin == 1);
    CHECK(copy.shift == 2);
    // Alone, the upper voice goes on.
    const auto upper = search.longest(music, 0);
    CHECK(upper.steps == 5);
    CHECK(upper.shift == 2);
}

TEST_CASE("Silence of one voice must be silence in the copy", "[copy]")
{
    const Pieces reference = {test::piece({{60, 62, 64}, {none, 50, 52}})};
    const CopySearch search(reference);
    CHECK(search.longest(test::piece({{60, 62, 64}, {none, 50, 52}})).steps == 3);
    CHECK(search.longest(test::piece({{60, 62, 64}, {48, 50, 52}})).steps == 2);
    CHECK(search.longest(test::piece({{none, none}, {none, none}})).steps == 0);
}

TEST_CASE("Other numbers of voices and other steps share nothing", "[copy]")
{
    const Pieces reference = {test::piece({{60, 62, 64}})};
    const CopySearch search(reference);
    CHECK(search.longest(test::piece({{60, 62, 64}, {60, 62, 64}})).steps == 0);
    auto slower = test::piece({{60, 62, 64}});
    CHECK(search.longest(slower).steps == 3);
    slower.grid.step = score::Quarters(1, 2);
    CHECK(search.longest(slower).steps == 0);
    CHECK(search.longest(slower, 0).steps == 0);
}

TEST_CASE("A set's copies are its longest and the mean of each piece's", "[copy]")
{
    const Pieces reference = {test::piece({{60, 62, 64, 69, 68}})};
    const Pieces set = {test::piece({{60, 62, 65, 65}}), test::piece({{1, 61, 63, 65}}),
                        test::piece({{60}})};
    const auto copies = measureCopies(set, CopySearch(reference));
    CHECK(copies.longest.steps == 3);
    CHECK(copies.longest.begin == 1);
    CHECK(copies.piece == 1);
    CHECK(copies.meanSteps == Approx((2 + 3 + 1) / 3.0));
    CHECK(copies.longestByVoice == std::vector<std::size_t>{3});
}
