#include "Analysis/ChordDetection.h"

#include "Analysis/Conformity.h"
#include "Score/ChoraleFile.h"
#include "Support/Paths.h"

#include <catch2/catch.hpp>

using namespace organum;
using analysis::detectChords;
using analysis::detectKey;
using score::Quarters;

namespace
{

const score::ChordKey cMajor{0, false};

using Notes = std::vector<score::Note>;

void add(Notes& notes, const Quarters& onset, const Quarters& length,
         const std::vector<int>& pitches)
{
    for (const int pitch : pitches)
        notes.push_back({pitch, 90, onset, length});
}

std::string detected(const Notes& notes, int bars, int beats = 4)
{
    return detectChords(notes, bars, beats, beats, cMajor).toString();
}

} // namespace

TEST_CASE("Block chords are heard as what they are", "[chord-detection]")
{
    Notes notes;
    add(notes, 0, 4, {48, 60, 64, 67});
    add(notes, 4, 2, {45, 60, 64, 69});
    add(notes, 6, 2, {53, 60, 65, 69});
    add(notes, 8, 4, {55, 59, 62, 65});
    add(notes, 12, 4, {47, 59, 62, 65});
    CHECK(detected(notes, 5) == "| C | Am F | G7 | Bdim | N.C. |");
}

TEST_CASE("Broken chords and passing notes between beats do not hide the harmony",
          "[chord-detection]")
{
    Notes notes;
    const int alberti[] = {60, 67, 64, 67};
    for (int i = 0; i < 16; ++i)
        add(notes, Quarters(i, 2), {1, 2}, {alberti[i % 4] + (i < 8 ? 0 : 5)});
    // A scale in the right hand: D and B pass by.
    const int scale[] = {72, 74, 76, 77, 79, 77, 76, 74};
    for (int i = 0; i < 8; ++i)
        add(notes, Quarters(i, 2), {1, 2}, {scale[i]});
    CHECK(detected(notes, 2) == "| C | F |");
}

TEST_CASE("The lowest note is named when it is another chord tone", "[chord-detection]")
{
    Notes notes;
    add(notes, 0, 4, {52, 60, 67, 72});
    add(notes, 4, 4, {53, 59, 62, 67});
    CHECK(detected(notes, 2) == "| C/E | G7/F |");
}

TEST_CASE("Three beats make a bar of three", "[chord-detection]")
{
    Notes notes;
    add(notes, 0, 3, {48, 60, 64});
    add(notes, 3, 3, {55, 59, 62});
    CHECK(detected(notes, 2, 3) == "| C | G |");
}

TEST_CASE("Roots are spelt as the key would", "[chord-detection]")
{
    Notes notes;
    add(notes, 0, 4, {46, 58, 62, 65});
    CHECK(detectChords(notes, 1, 4, 4, {5, false}).toString() == "| Bb |");
    CHECK(detectChords(notes, 1, 4, 4, {11, false}).toString() == "| A# |");
}

TEST_CASE("Nothing is heard in silence, and nonsense is refused", "[chord-detection]")
{
    CHECK(detected({}, 2) == "| N.C. | N.C. |");
    CHECK_THROWS_AS(detectChords({}, 0, 4, 4, cMajor), std::invalid_argument);
    CHECK_THROWS_AS(detectChords({}, 1, 0, 4, cMajor), std::invalid_argument);
}

TEST_CASE("The key of a tune is found", "[chord-detection]")
{
    Notes notes;
    const int tune[] = {67, 69, 71, 72, 74, 71, 67, 66, 67};
    for (int i = 0; i < 9; ++i)
        add(notes, i, 1, {tune[i]});
    CHECK(detectKey(notes).tonic == 7);
    CHECK_FALSE(detectKey(notes).minor);
    CHECK(detectKey({}).tonic == 0);
}
