#include "Analysis/VoiceLeading.h"

#include "Analysis/Grids.h"

#include <catch2/catch.hpp>

#include <cmath>

using namespace organum;
using namespace organum::analysis;
using test::none;

namespace
{

Parallels between(std::vector<int> upper, std::vector<int> lower, const ParallelRule& rule = {})
{
    return countParallels({test::piece({std::move(upper), std::move(lower)})}, rule);
}

} // namespace

TEST_CASE("Parallel fifths, octaves and unisons count, other intervals do not", "[voice-leading]")
{
    CHECK(between({67, 69}, {60, 62}).count == 1); // fifth
    CHECK(between({79, 81}, {60, 62}).count == 1); // twelfth
    CHECK(between({72, 69}, {60, 57}).count == 1); // octave, downwards
    CHECK(between({60, 62}, {60, 62}).count == 1); // unison
    CHECK(between({72, 86}, {60, 62}).count == 1); // octave to fifteenth
    CHECK(between({65, 67}, {60, 62}).count == 0); // fourth
    CHECK(between({64, 65}, {60, 62}).count == 0); // third
    CHECK(between({72, 69}, {60, 62}).count == 0); // to a fifth
    CHECK(between({72, 67}, {48, 55}).count == 0); // octaves in contrary motion
    CHECK(between({67, 67}, {60, 60}).count == 0); // nobody moves
    CHECK(between({67, 79}, {60, 60}).count == 0); // one moves
    CHECK(between({67, none}, {60, 62}).count == 0);
    CHECK(between({67, none, 69}, {60, 60, 62}).bothMove == 0);
    CHECK(between({72, 67}, {48, 55}).bothMove == 1);
}

TEST_CASE("Signed intervals tell a crossed fifth from a fourth", "[voice-leading]")
{
    ParallelRule withSign;
    withSign.signedIntervals = true;
    // The second voice is a fifth above the first, which is a fourth below it mod 12.
    CHECK(between({60, 62}, {67, 69}).count == 1);
    CHECK(between({60, 62}, {67, 69}, withSign).count == 0);
    // A fourth, crossed: its distance is no fifth, with sign it is one.
    CHECK(between({60, 62}, {65, 67}).count == 0);
    CHECK(between({60, 62}, {65, 67}, withSign).count == 1);
    CHECK(between({67, 69}, {60, 62}, withSign).count == 1);
}

TEST_CASE("A rule may ask that every voice sounds", "[voice-leading]")
{
    const auto music = test::piece({{72, 74}, {65, 67}, {60, none}});
    ParallelRule strict;
    strict.allVoicesSound = true;
    CHECK(countParallels({music}).count == 1);
    CHECK(countParallels({music}, strict).count == 0);
    CHECK(countParallels({music}, strict).bothMove == 0);
}

TEST_CASE("Parallels are given per hundred bars and among moving pairs", "[voice-leading]")
{
    // Three voices in bars of four steps: fifths between two of them, once.
    const auto music = test::piece(
        {{67, 69, 69, 71, 71, 71}, {60, 62, 62, 61, 61, 61}, {52, 53, 53, 50, 50, 50}}, 2, 4);
    const auto found = countParallels({music, test::piece({{60, 62}})});
    CHECK(found.count == 1);
    CHECK(found.bothMove == 6);
    CHECK(found.bars == 1.5); // a single voice has no parallels, and its bars do not dilute them
    CHECK(found.per100Bars() == Approx(100 / 1.5));
    CHECK(found.percentOfBothMove() == Approx(100.0 / 6));
    CHECK(std::isnan(countParallels({}).per100Bars()));
}

TEST_CASE("Crossings are steps at which a voice is below a later one", "[voice-leading]")
{
    const auto crossed = test::piece({{60, 60, none, 60}, {60, 61, 61, 50}, {40, 40, 50, 55}});
    const auto clean = test::piece({{60, 62}, {50, 50}});
    CHECK(measureCrossings({crossed}).mean == Approx(50));
    const auto both = measureCrossings({crossed, clean, test::piece({{60, 50}})});
    CHECK(both.mean == Approx(25));
    CHECK(both.deviation == Approx(25));
    CHECK(std::isnan(measureCrossings({test::piece({{60, 50}})}).mean));
}

TEST_CASE("Polyphony counts distinct pitches where something sounds", "[voice-leading]")
{
    const auto music = test::piece({{60, 60, none, 60}, {60, 48, none, none}});
    CHECK(measurePolyphony({music}).mean == Approx((1 + 2 + 1) / 3.0));
    CHECK(std::isnan(measurePolyphony({test::piece({{none}})}).mean));
}
