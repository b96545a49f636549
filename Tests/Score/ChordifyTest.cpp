#include "Score/Elements.h"
#include "Score/MidiFile.h"
#include "Support/Paths.h"
#include "Support/RandomScore.h"

#include <catch2/catch.hpp>

#include <stdexcept>

using namespace organum::score;

namespace
{

Score scoreOf(std::vector<Note> notes)
{
    Score score;
    score.parts.push_back({"", 0, 0, std::move(notes)});
    return score;
}

std::string written(const std::vector<Element>& elements)
{
    std::string text;
    for (const auto& element : elements)
        text += "(" + chordName(element.pitches) + ", " + element.duration.toString() + ")";
    return text;
}

} // namespace

TEST_CASE("The opening of an allemande gives the elements of the book's table 7.1")
{
    // B3 is held over the double stop G2 D3, as a separate voice in a part of its own.
    const auto read = readMidiFile(organum::test::fixture("allemande-opening.mid"));
    CHECK(read.warnings.empty());
    CHECK(written(chordify(read.score)) ==
          "(rest, 15/4)(B3, 1/4)(G2.D3.B3, 1)(B3, 1/4)(A3, 1/4)(G3, 1/4)(F#3, 1/4)(G3, 1/4)"
          "(D3, 1/4)(E3, 1/4)(F#3, 1/4)(G3, 1/4)(A3, 1/4)");
}

TEST_CASE("A chord is sliced wherever one of its notes begins or ends")
{
    CHECK(written(chordify(scoreOf({{48, 90, Quarters(0), Quarters(4)},
                                    {60, 90, Quarters(1), Quarters(1)},
                                    {64, 90, Quarters(2), Quarters(2)}}))) ==
          "(C3, 1)(C3.C4, 1)(C3.E4, 2)");
}

TEST_CASE("A repeated note stays two elements and a pause becomes a rest")
{
    CHECK(written(chordify(scoreOf({{60, 90, Quarters(0), Quarters(1)},
                                    {60, 90, Quarters(1), Quarters(1)},
                                    {60, 90, Quarters(3), Quarters(1)}}))) ==
          "(C4, 1)(C4, 1)(rest, 1)(C4, 1)");
}

TEST_CASE("Unisons of two voices are one pitch")
{
    CHECK(written(chordify(scoreOf({{60, 90, Quarters(0), Quarters(2)},
                                    {60, 90, Quarters(0), Quarters(1)}}))) == "(C4, 1)(C4, 1)");
}

TEST_CASE("Times snap to the nearer of sixteenths and triplets")
{
    CHECK(snapped(Quarters(26, 100)) == Quarters(1, 4));
    CHECK(snapped(Quarters(30, 100)) == Quarters(1, 3));
    CHECK(snapped(Quarters(160, 480)) == Quarters(1, 3));
    CHECK(snapped(Quarters(637, 960)) == Quarters(2, 3));
    SECTION("a tie of the two grids goes to sixteenths")
    {
        CHECK(snapped(Quarters(7, 24)) == Quarters(1, 4));
    }
    SECTION("halfway on a grid goes to the even step")
    {
        CHECK(snapped(Quarters(1, 8)) == Quarters(0));
        CHECK(snapped(Quarters(7, 8)) == Quarters(1));
    }
}

TEST_CASE("A grace note shorter than the grid vanishes")
{
    CHECK(written(chordify(scoreOf({{62, 90, Quarters(0), Quarters(1, 20)},
                                    {60, 90, Quarters(1, 20), Quarters(19, 20)}}))) == "(C4, 1)");
}

TEST_CASE("Drums are not part of the stream")
{
    auto score = scoreOf({{60, 90, Quarters(0), Quarters(1)}});
    score.parts.push_back({"Kit", 9, 0, {{36, 90, Quarters(1, 2), Quarters(1)}}});
    CHECK(written(chordify(score)) == "(C4, 1)");
}

TEST_CASE("Elements follow each other without a gap and begin at zero")
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Quarters now;
        for (const auto& element : chordify(organum::test::randomScore(seed))) {
            REQUIRE(element.onset == now);
            REQUIRE(Quarters(0) < element.duration);
            now = element.onset + element.duration;
        }
    }
}

TEST_CASE("A score without notes has no elements")
{
    CHECK(chordify({}).empty());
    CHECK(chordify(scoreOf({})).empty());
}

TEST_CASE("Chord names are music21's")
{
    CHECK(chordName({43, 50, 59}) == "G2.D3.B3");
    CHECK(chordName({}) == "rest");
    CHECK(pitchName(60) == "C4");
    CHECK(pitchName(51) == "E-3");
    CHECK(pitchName(46) == "B-2");
    CHECK(pitchName(56) == "G#3");
    CHECK_THROWS_AS(pitchName(128), std::invalid_argument);
}

TEST_CASE("Every pitch and chord name can be read back")
{
    for (int pitch = 0; pitch < 128; ++pitch)
        CHECK(parseChordName(pitchName(pitch)) == std::vector<int>{pitch});
    CHECK(parseChordName("rest") == std::vector<int>{});
    CHECK(parseChordName("B3.G2.D3") == std::vector<int>{43, 50, 59});
    CHECK(parseChordName("A-3") == std::vector<int>{56});
    CHECK(parseChordName("C##4") == std::vector<int>{62});
    for (const auto* name : {"", ".", "H3", "C", "C4.", "c4", "C4 ", "C123", "G#9999", "resting"})
        CHECK_FALSE(parseChordName(name).has_value());
}
