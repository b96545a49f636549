#include "Plugin/MidiImport.h"
#include "Score/MidiFile.h"
#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <fstream>

using namespace organum;
using namespace organum::plugin;

namespace
{

const std::vector<std::string> choir = {"Soprano", "Alto", "Tenor", "Bass"};

score::Score scoreOfParts(const std::vector<std::vector<int>>& pitches)
{
    score::Score score;
    score.metres.push_back({{}, 3, 4});
    int channel = 0;
    for (const auto& line : pitches) {
        score::Part part;
        part.channel = channel++;
        for (std::size_t i = 0; i < line.size(); ++i)
            part.notes.push_back({line[i], 80, score::Quarters(static_cast<std::int64_t>(i)), 1});
        score.parts.push_back(part);
    }
    return score;
}

std::string problemOf(const std::filesystem::path& file)
{
    try {
        takeFromMidiFile(file, {});
    } catch (const ImportError& error) {
        return error.what();
    }
    return {};
}

void write(const std::filesystem::path& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary) << bytes;
}

} // namespace

TEST_CASE("a MIDI file becomes a take of whole bars in its own metre, with its name")
{
    const test::TemporaryFolder folder;
    score::writeMidiFile(folder / "My tune.mid", scoreOfParts({{60, 62, 64, 65}}));
    const Take take = takeFromMidiFile(folder / "My tune.mid", {});
    CHECK(take.name == "My tune");
    CHECK(take.bars == 2);
    CHECK(take.metreNumerator == 3);
    CHECK_FALSE(take.hasVoices());
    REQUIRE(take.notes.size() == 4);
    CHECK((take.notes[2] ==
           TakeNote{2 * player::ticksPerQuarter, player::ticksPerQuarter, 64, 80, 0}));
    CHECK(problemWith(take).empty());
}

TEST_CASE("parts become voices by their height, and a single part is dealt to them")
{
    const auto quartet = takeFromScore(scoreOfParts({{48, 47}, {72, 74}, {60, 62}}), "file", choir);
    CHECK(quartet.hasVoices());
    for (const TakeNote& note : quartet.notes)
        CHECK(note.voice == (note.pitch >= 70 ? 0 : note.pitch >= 55 ? 1 : 2));

    score::Score chords = scoreOfParts({{}});
    for (const int pitch : {50, 57, 65, 74, 81})
        chords.parts[0].notes.push_back({pitch, 80, {}, 1});
    const auto dealt = takeFromScore(chords, "file", choir);
    std::vector<int> voices;
    for (const TakeNote& note : dealt.notes)
        voices.push_back(note.voice);
    CHECK(voices == std::vector<int>{3, 3, 2, 1, 0});

    const auto line = takeFromScore(scoreOfParts({{60}, {72}, {67}}), "file", {});
    CHECK(line.notes.size() == 3);
    CHECK_FALSE(line.hasVoices());
}

TEST_CASE("foreign, broken, empty and huge files are refused with one clear sentence")
{
    const test::TemporaryFolder folder;
    CHECK(problemOf(folder / "missing.mid").find("missing.mid") != std::string::npos);
    write(folder / "foreign.mid", "RIFFsomething that is no music at all");
    CHECK(problemOf(folder / "foreign.mid").find("foreign.mid") != std::string::npos);
    write(folder / "empty.mid", "");
    CHECK(problemOf(folder / "empty.mid").find("empty.mid") != std::string::npos);
    score::writeMidiFile(folder / "silent.mid", scoreOfParts({}));
    CHECK(problemOf(folder / "silent.mid").find("no notes") != std::string::npos);
    score::Score drums = scoreOfParts({{36, 38}});
    drums.parts[0].channel = 9;
    score::writeMidiFile(folder / "drums.mid", drums);
    CHECK(problemOf(folder / "drums.mid").find("drums") != std::string::npos);
    score::Score longScore = scoreOfParts({{60}});
    longScore.parts[0].notes.push_back({62, 80, 20000, 1});
    score::writeMidiFile(folder / "long.mid", longScore);
    CHECK(problemOf(folder / "long.mid").find("too long") != std::string::npos);
    write(folder / "huge.mid", std::string(largestImport + 1, 'M'));
    CHECK(problemOf(folder / "huge.mid").find("too large") != std::string::npos);
}
