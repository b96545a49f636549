#include "Score/Scale.h"

#include <catch2/catch.hpp>

#include <set>
#include <stdexcept>

using namespace organum::score;

TEST_CASE("D major has two sharps")
{
    const auto mask = pitchClasses(*findScale("major"), 2);
    for (const int pitch : {62, 64, 66, 67, 69, 71, 73, 74})
        CHECK(contains(mask, pitch));
    for (const int pitch : {60, 63, 65, 68, 70, 72})
        CHECK_FALSE(contains(mask, pitch));
}

TEST_CASE("The modes are the major scale begun on another degree")
{
    const auto white = pitchClasses(*findScale("ionian"), 0);
    CHECK(pitchClasses(*findScale("dorian"), 2) == white);
    CHECK(pitchClasses(*findScale("phrygian"), 4) == white);
    CHECK(pitchClasses(*findScale("Lydian"), 5) == white);
    CHECK(pitchClasses(*findScale("mixolydian"), 7) == white);
    CHECK(pitchClasses(*findScale("aeolian"), 9) == white);
    CHECK(pitchClasses(*findScale("locrian"), 11) == white);
}

TEST_CASE("Every scale holds its tonic in every key and scale names differ")
{
    std::set<std::string> names;
    for (const auto& scale : scales()) {
        CHECK(names.insert(scale.name).second);
        for (int tonic = 0; tonic < 12; ++tonic)
            CHECK(contains(pitchClasses(scale, tonic), 60 + tonic));
    }
    CHECK_FALSE(findScale("klingon").has_value());
    CHECK_THROWS_AS(pitchClasses(scales().front(), 12), std::invalid_argument);
}

TEST_CASE("Tonics are read in the usual spellings")
{
    CHECK(tonicFromName("C") == 0);
    CHECK(tonicFromName("f#") == 6);
    CHECK(tonicFromName("Gb") == 6);
    CHECK(tonicFromName("E-") == 3);
    CHECK(tonicFromName("Cb") == 11);
    CHECK_FALSE(tonicFromName("H").has_value());
    CHECK_FALSE(tonicFromName("C##").has_value());
    for (int tonic = 0; tonic < 12; ++tonic)
        CHECK(tonicFromName(tonicName(tonic)) == tonic);
}

TEST_CASE("Key signatures and tonics agree")
{
    CHECK(tonicOf({Quarters(0), 1, false}) == 7);
    CHECK(tonicOf({Quarters(0), -3, true}) == 0);
    CHECK(keyWithTonic(0, true).sharps == -3);
    CHECK(keyWithTonic(3, false).sharps == -3);
    for (int tonic = 0; tonic < 12; ++tonic)
        for (const bool minor : {false, true})
            CHECK(tonicOf(keyWithTonic(tonic, minor)) == tonic);
}

TEST_CASE("A scale is written under the signature a musician expects")
{
    const auto signature = [](const char* scale, const char* tonic) {
        return keySignatureOf(*findScale(scale), *tonicFromName(tonic));
    };
    CHECK(signature("major", "G") == KeyChange{Quarters(0), 1, false});
    CHECK(signature("natural minor", "D") == KeyChange{Quarters(0), -1, true});
    CHECK(signature("harmonic minor", "D") == KeyChange{Quarters(0), -1, true});
    CHECK(signature("melodic minor", "C") == KeyChange{Quarters(0), -3, true});
    CHECK(signature("dorian", "D") == KeyChange{Quarters(0), 0, false});
    CHECK(signature("major pentatonic", "A") == KeyChange{Quarters(0), 3, false});
    CHECK(signature("minor pentatonic", "A") == KeyChange{Quarters(0), 0, true});
    CHECK_FALSE(signature("chromatic", "C").has_value());
    CHECK_FALSE(signature("whole tone", "C").has_value());
}

TEST_CASE("Transposing moves notes and keys but not drums")
{
    Score score;
    score.keys.push_back({Quarters(0), 1, false});
    score.parts.push_back({"", 0, 0, {{55, 90, Quarters(0), Quarters(1)}}});
    score.parts.push_back({"", 9, 0, {{36, 90, Quarters(0), Quarters(1)}}});
    const auto higher = transposed(score, 3);
    CHECK(higher.parts[0].notes[0].pitch == 58);
    CHECK(higher.parts[1].notes[0].pitch == 36);
    CHECK(higher.keys[0].sharps == -2);
    CHECK(transposed(higher, -3) == score);
    CHECK_THROWS_AS(transposed(score, 80), std::out_of_range);
}
