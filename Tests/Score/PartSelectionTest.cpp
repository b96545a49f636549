#include "Score/Elements.h"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace organum::score;

namespace
{

Score twoPartsAndDrums()
{
    Score score;
    score.parts.push_back({"Kit", 9, 0, {{36, 90, Quarters(0), Quarters(1)}}});
    score.parts.push_back({"empty", 3, 0, {}});
    score.parts.push_back({"Tune", 0, 0, {{72, 90, Quarters(0), Quarters(1)}}});
    score.parts.push_back({"Bass", 1, 0, {{40, 90, Quarters(0), Quarters(2)}}});
    return score;
}

std::string firstChord(const std::string& parts)
{
    const auto elements = chordify(twoPartsAndDrums(), PartSelection::fromString(parts));
    return elements.empty() ? "nothing" : chordName(elements.front().pitches);
}

} // namespace

TEST_CASE("Parts can be chosen by number or name or as melody")
{
    CHECK(firstChord("all") == "E2.C5");
    CHECK(firstChord("melody") == "C5");
    CHECK(firstChord("2") == "C5");
    CHECK(firstChord("3") == "E2");
    CHECK(firstChord("Bass") == "E2");
    CHECK(firstChord("1") == "nothing");
}

TEST_CASE("A part that is not there is an error that lists the parts")
{
    for (const auto* parts : {"4", "Flute", "empty"})
        CHECK_THROWS_WITH(firstChord(parts), Catch::Contains("3 \"Bass\""));
}

TEST_CASE("A selection is written as it is read")
{
    for (const auto* text : {"all", "melody", "7", "Violin I", "0", "-1"})
        CHECK(PartSelection::fromString(text).toString() == text);
    CHECK(PartSelection::fromString("0").kind == PartSelection::Kind::name);
}

TEST_CASE("The melody of a single part of chords is its highest voice")
{
    Score score;
    score.parts.push_back({"Piano",
                           0,
                           0,
                           {{48, 90, Quarters(0), Quarters(4)},
                            {67, 90, Quarters(0), Quarters(1)},
                            {64, 90, Quarters(1), Quarters(1)},
                            {60, 90, Quarters(1), Quarters(1)}}});
    const auto notes = selectedNotes(score, PartSelection::fromString("melody"));
    REQUIRE(notes.size() == 3);
    CHECK(notes[0].pitch == 67);
    CHECK(notes[1].pitch == 64);
    CHECK(notes[2].pitch == 48);
    CHECK(notes[2].onset == Quarters(2));
    CHECK(notes[2].end() == Quarters(4));
}

TEST_CASE("A held melody note is not cut by what moves below it")
{
    Score score;
    score.parts.push_back({"Piano",
                           0,
                           0,
                           {{72, 90, Quarters(0), Quarters(4)},
                            {48, 90, Quarters(0), Quarters(1)},
                            {50, 90, Quarters(1), Quarters(1)}}});
    const auto notes = selectedNotes(score, PartSelection::fromString("melody"));
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].duration == Quarters(4));
}
