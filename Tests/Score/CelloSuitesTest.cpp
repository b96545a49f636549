// The 36 movements of Bach's cello suites: counts, and every element against an independent script.

#include "Score/Elements.h"
#include "Score/MidiFile.h"
#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <sstream>

using namespace organum;

namespace
{

std::vector<std::filesystem::path> midiFiles(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".mid")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string line(const std::filesystem::path& file, const score::Element& element)
{
    return file.filename().string() + "\t" + score::chordName(element.pitches) + "\t" +
           element.onset.toString() + "\t" + element.duration.toString();
}

} // namespace

TEST_CASE("The cello suites have 27685 elements with 369 chords and 22 durations")
{
    const auto folder = test::realData("bach_cello_suites");
    if (!folder)
        return;
    const std::set<std::string> heldOut = {"cs1-5men", "cs2-4sar", "cs3-3cou",
                                           "cs4-6gig", "cs5-1pre", "cs6-2all"};
    std::size_t elements = 0;
    std::size_t heldOutElements = 0;
    std::set<std::vector<int>> chords;
    std::set<score::Quarters> durations;
    const auto files = midiFiles(*folder);
    REQUIRE(files.size() == 36);
    for (const auto& file : files) {
        const auto read = score::readMidiFile(file);
        INFO(file);
        CHECK(read.warnings.empty());
        const auto stream = score::chordify(read.score);
        elements += stream.size();
        if (heldOut.count(file.stem().string()) > 0)
            heldOutElements += stream.size();
        for (const auto& element : stream) {
            chords.insert(element.pitches);
            durations.insert(element.duration);
        }
    }
    CHECK(elements == 27685);
    CHECK(chords.size() == 369);
    CHECK(durations.size() == 22);
    CHECK(heldOutElements == 4985);
}

TEST_CASE("The allemande of the first suite agrees with the book's table 7.1")
{
    const auto folder = test::realData("bach_cello_suites");
    if (!folder)
        return;
    const auto stream = score::chordify(score::readMidiFile(*folder / "cs1-2all.mid").score);
    const std::vector<std::pair<std::string, std::string>> table = {
        {"B3", "1/4"}, {"G2.D3.B3", "1"}, {"B3", "1/4"}, {"A3", "1/4"},
        {"G3", "1/4"}, {"F#3", "1/4"},    {"G3", "1/4"}, {"D3", "1/4"},
        {"E3", "1/4"}, {"F#3", "1/4"},    {"G3", "1/4"}, {"A3", "1/4"}};
    REQUIRE(stream.size() > table.size());
    CHECK(stream[0].isRest());
    CHECK(stream[0].duration == score::Quarters(15, 4));
    for (std::size_t i = 0; i < table.size(); ++i) {
        CHECK(score::chordName(stream[i + 1].pitches) == table[i].first);
        CHECK(stream[i + 1].duration.toString() == table[i].second);
    }
}

TEST_CASE("Every element of the cello suites agrees with an independent Python script")
{
    const auto folder = test::realData("bach_cello_suites");
    if (!folder)
        return;
    std::string python;
    for (const auto* candidate : {"/usr/bin/python3", "python3"})
        if (python.empty() &&
            test::runCommand(std::string(candidate) + " -c 'import mido' 2>/dev/null").status == 0)
            python = candidate;
    if (python.empty()) {
        WARN("skipped: no Python with mido (Debian: python3-mido)");
        return;
    }
    std::string command = python + " '" ORGANUM_CHORDIFY_CHECK "'";
    std::vector<std::string> ours;
    for (const auto& file : midiFiles(*folder)) {
        command += " '" + file.string() + "'";
        for (const auto& element : score::chordify(score::readMidiFile(file).score))
            ours.push_back(line(file, element));
    }
    const auto python3 = test::runCommand(command);
    REQUIRE(python3.status == 0);
    std::istringstream theirs(python3.output);
    std::string expected;
    std::size_t count = 0;
    while (std::getline(theirs, expected)) {
        REQUIRE(count < ours.size());
        REQUIRE(ours[count++] == expected);
    }
    CHECK(count == ours.size());
}
