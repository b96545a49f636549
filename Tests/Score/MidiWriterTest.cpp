#include "Score/MidiFile.h"
#include "Support/Paths.h"
#include "Support/RandomScore.h"

#include <catch2/catch.hpp>

#include <fstream>

using namespace organum::score;
using organum::test::TemporaryFolder;

namespace
{

Score oneNote(const Quarters& onset, const Quarters& duration)
{
    Score score;
    score.parts.push_back({"", 0, 0, {{60, 90, onset, duration}}});
    return score;
}

void checkRoundTrip(const Score& score, const MidiWriteOptions& options)
{
    const auto midi = midiBytes(score, options);
    CHECK(midi.exact);
    const auto read = readMidi(midi.bytes.data(), midi.bytes.size(), "memory");
    CHECK(read.warnings.empty());
    REQUIRE(read.score == score);
}

} // namespace

TEST_CASE("A score that is written and read again is the same score")
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        organum::test::RandomScoreOptions options;
        options.divisions = seed % 3 == 0 ? 48 : seed % 3 == 1 ? 7 * 5 * 9 : 1;
        checkRoundTrip(organum::test::randomScore(seed, options), {static_cast<int>(seed % 2)});
    }
}

TEST_CASE("A long rest is written and read exactly")
{
    checkRoundTrip(oneNote(Quarters(90000) + Quarters(1, 32749), Quarters(1)), {1});
}

TEST_CASE("Ticks per quarter note are 480 unless a rhythm needs others")
{
    CHECK(midiBytes(oneNote(Quarters(1, 3), Quarters(1, 32))).ticksPerQuarter == 480);
    CHECK(midiBytes(oneNote(Quarters(0), Quarters(1, 7))).ticksPerQuarter == 3360);
    CHECK(midiBytes(oneNote(Quarters(0), Quarters(1, 1024))).ticksPerQuarter == 15360);
    CHECK(midiBytes(oneNote(Quarters(0), Quarters(1, 1001))).ticksPerQuarter == 1001);
}

TEST_CASE("Rhythms too fine for MIDI are rounded and the writer says so")
{
    const auto midi = midiBytes(oneNote(Quarters(1, 40009), Quarters(1)));
    CHECK_FALSE(midi.exact);
    const auto note =
        readMidi(midi.bytes.data(), midi.bytes.size(), "memory").score.parts.at(0).notes.at(0);
    CHECK(std::abs((note.onset - Quarters(1, 40009)).toDouble()) <= 0.5 / 27720);
}

TEST_CASE("Values that MIDI cannot hold are refused by name")
{
    auto wrong = oneNote(Quarters(0), Quarters(1));
    SECTION("pitch")
    {
        wrong.parts[0].notes[0].pitch = 128;
        CHECK_THROWS_WITH(midiBytes(wrong), Catch::Contains("pitch 128"));
    }
    SECTION("velocity")
    {
        wrong.parts[0].notes[0].velocity = 0;
        CHECK_THROWS_WITH(midiBytes(wrong), Catch::Contains("velocity 0"));
    }
    SECTION("length")
    {
        wrong.parts[0].notes[0].duration = Quarters(0);
        CHECK_THROWS_WITH(midiBytes(wrong), Catch::Contains("length 0"));
    }
    SECTION("time before the beginning")
    {
        wrong.tempos.push_back({Quarters(-1), 500000});
        CHECK_THROWS_AS(midiBytes(wrong), MidiFileError);
    }
    SECTION("metre")
    {
        wrong.metres.push_back({Quarters(0), 4, 3});
        CHECK_THROWS_WITH(midiBytes(wrong), Catch::Contains("4/3"));
    }
    SECTION("tempo")
    {
        wrong.tempos.push_back({Quarters(0), 1 << 24});
        CHECK_THROWS_AS(midiBytes(wrong), MidiFileError);
    }
    SECTION("channel")
    {
        wrong.parts[0].channel = 16;
        CHECK_THROWS_AS(midiBytes(wrong), MidiFileError);
    }
    SECTION("file type")
    {
        CHECK_THROWS_WITH(midiBytes(wrong, {2}), Catch::Contains("type 2"));
    }
}

TEST_CASE("A file is replaced as a whole and nothing else is left behind")
{
    TemporaryFolder folder;
    const auto file = folder / "take.mid";
    std::ofstream(file) << "older";
    const auto score = organum::test::randomScore(1);
    CHECK(writeMidiFile(file, score));
    CHECK(readMidiFile(file).score == score);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("A file that cannot be written leaves the old one and names the reason")
{
    TemporaryFolder folder;
    const auto regular = folder / "take.mid";
    std::ofstream(regular) << "older";
    const auto score = organum::test::randomScore(1);
    CHECK_THROWS_WITH(writeMidiFile(regular / "below.mid", score),
                      Catch::Contains("below.mid") && Catch::Contains("folder"));
    CHECK_THROWS_WITH(writeMidiFile(folder / "missing" / "a.mid", score),
                      Catch::Contains("missing"));
    CHECK_THROWS_WITH(writeMidiFile(folder.path(), score), Catch::Contains("name of a file"));
    auto wrong = score;
    wrong.parts[0].notes[0].pitch = -1;
    CHECK_THROWS_AS(writeMidiFile(regular, wrong), MidiFileError);
    CHECK(organum::test::readWholeFile(regular) == "older");
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

#if defined(__linux__)
TEST_CASE("A full disk is reported")
{
    CHECK_THROWS_WITH(writeMidiFile("/dev/full", organum::test::randomScore(1)),
                      Catch::Contains("/dev/full") && Catch::Contains("space"));
    CHECK(std::filesystem::is_character_file("/dev/full"));
}
#endif
