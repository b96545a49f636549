#include "Engine/Constraints.h"

#include <catch2/catch.hpp>

using namespace organum;
using namespace organum::engine;
using score::Quarters;

namespace
{

// Ids: 2 rest, 3 C4, 4 C4.E4.G4, 5 D4, 6 F#4; durations 2: 1/4, 3: 1, 4: 8.
Vocabulary words()
{
    return {{{}, {60}, {60, 64, 67}, {62}, {66}}, {{1, 4}, {1, 1}, {8, 1}}};
}

using Mask = std::vector<std::uint8_t>;

Mask pitches(const Request& request, const Quarters& silence = {}, const Quarters& left = 100)
{
    const auto vocabulary = words();
    return Constraints(vocabulary, request).pitches(silence, left);
}

} // namespace

TEST_CASE("START, unknown and duration 0 are never allowed", "[constraints]")
{
    CHECK(pitches({}) == Mask{0, 0, 1, 1, 1, 1, 1});
    const auto vocabulary = words();
    Constraints constraints(vocabulary, {});
    CHECK(constraints.durations() == Mask{0, 0, 1, 1, 1});
    CHECK(constraints.durationsGiven(3, {}, 100) == Mask{0, 0, 1, 1, 1});
}

TEST_CASE("A chord is allowed when all of its pitches are in the scale and the range",
          "[constraints]")
{
    Request request;
    request.pitchClassMask = 1u << 0 | 1u << 2 | 1u << 4; // C D E
    CHECK(pitches(request) == Mask{0, 0, 1, 1, 0, 1, 0});
    request.pitchClassMask = 0xFFF;
    request.lowestPitch = 61;
    CHECK(pitches(request) == Mask{0, 0, 1, 0, 0, 1, 1});
    request.highestPitch = 62;
    CHECK(pitches(request) == Mask{0, 0, 1, 0, 0, 1, 0});
}

TEST_CASE("A range in which the model knows nothing is refused, not filled with silence",
          "[constraints]")
{
    Request request;
    request.lowestPitch = 100;
    CHECK_THROWS_WITH(pitches(request), Catch::Contains("Widen the range"));
    request.lowestPitch = 0;
    request.pitchClassMask = 1u << 1;
    CHECK_THROWS_WITH(pitches(request), Catch::Contains("scale"));
}

TEST_CASE("Silence lasts a bar at most, half a bar when there is but one", "[constraints]")
{
    const auto vocabulary = words();
    const std::int64_t rest = 2;
    Request request;
    request.bars = 4;
    Constraints constraints(vocabulary, request);
    CHECK(constraints.pitches(3, 100)[2] == 1);
    CHECK(constraints.pitches({15, 4}, 100)[2] == 1);
    CHECK(constraints.pitches(4, 100)[2] == 0);
    CHECK(constraints.durationsGiven(rest, 0, 100) == Mask{0, 0, 1, 1, 0});
    CHECK(constraints.durationsGiven(rest, {7, 2}, 100) == Mask{0, 0, 1, 0, 0});
    // Clipped at the end of the music, the longest is short enough.
    CHECK(constraints.durationsGiven(rest, 0, 2) == Mask{0, 0, 1, 1, 1});
    // The other way round, a rest is only allowed with a duration that fits.
    CHECK(constraints.pitchesGiven(4, 0, 100)[2] == 0);
    CHECK(constraints.pitchesGiven(3, 0, 100)[2] == 1);
    CHECK(constraints.pitchesGiven(4, 0, 1)[2] == 1);

    request.bars = 1;
    Constraints single(vocabulary, request);
    CHECK(single.durationsGiven(rest, 0, 4) == Mask{0, 0, 1, 1, 0});
    CHECK(single.pitches(2, 2)[2] == 0);
}

TEST_CASE("Requests out of range are refused with the name of the field", "[constraints]")
{
    Request request;
    std::string expected;
    SECTION("no bars")
    {
        request.bars = 0;
        expected = "bars is 0";
    }
    SECTION("ten thousand bars")
    {
        request.bars = 10000;
        expected = "between 1 and 256";
    }
    SECTION("metre of thirds")
    {
        request.metre.denominator = 3;
        expected = "denominator is 3";
    }
    SECTION("frozen")
    {
        request.pitchTemperature = 0.0;
        expected = "pitch temperature";
    }
    SECTION("not a number")
    {
        request.durationTemperature = std::nan("");
        expected = "duration temperature";
    }
    SECTION("top-p above 1")
    {
        request.topP = 1.01;
        expected = "top-p";
    }
    SECTION("no scale")
    {
        request.pitchClassMask = 0xF000;
        expected = "scale";
    }
    SECTION("range upside down")
    {
        request.lowestPitch = 70;
        request.highestPitch = 60;
        expected = "above";
    }
    SECTION("too many takes")
    {
        request.variations = 17;
        expected = "variations";
    }
    SECTION("a primer pitch outside MIDI")
    {
        request.primerLength = 4;
        request.primer = {{60, 90, 0, 1}, {128, 90, 1, 1}};
        expected = "note 2 has pitch 128";
    }
    SECTION("a primer note after the primer")
    {
        request.primerLength = 4;
        request.primer = {{60, 90, 4, 1}};
        expected = "outside the primer's length";
    }
    SECTION("a primer note of no length")
    {
        request.primerLength = 4;
        request.primer = {{60, 90, 0, 0}};
        expected = "longer than 0";
    }
    CHECK_THROWS_WITH(request.check(), Catch::Contains(expected));
}
