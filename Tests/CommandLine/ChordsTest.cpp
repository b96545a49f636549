// `organum generate` over chords: symbols, numerals, chords of a file, and what is refused.

#include "CommandLine/Desk.h"
#include "CommandLine/Program.h"
#include "Score/ChordProgression.h"
#include "Score/MidiFile.h"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

namespace
{

using namespace organum;
using nlohmann::json;
using test::BadCall;

const std::string generate = "generate --model tiny.organum --bars 4 -o over.mid ";

/** Whether each note of a file lies in one of these bars' chords for as long as it sounds. */
bool isInside(const std::filesystem::path& file, const std::string& chords)
{
    const auto score = score::readMidiFile(file).score;
    const auto spans = score::ChordProgression::parse(chords, {}).over(0, 4, 4);
    std::size_t notes = 0;
    for (const auto& part : score.parts)
        for (const auto& note : part.notes) {
            ++notes;
            for (const auto& span : spans)
                if (note.onset < span.onset + span.length && note.end() > span.onset &&
                    (span.chord.pitchClasses() >> (note.pitch % 12) & 1u) == 0)
                    return false;
        }
    return notes > 0;
}

} // namespace

TEST_CASE("Music over strict chords holds chord tones alone, and says so", "[chords]")
{
    const test::Desk desk;
    const auto made = test::run(
        generate + "--chords '| C | Am F | G7 . . C |' --chord-strength 1 --json", desk.path());
    INFO(made.errors);
    REQUIRE(made.exitCode == 0);
    const auto told = json::parse(made.output);
    CHECK(told["chords"] == "| C | Am F | G7 . . C |");
    CHECK(told["chord_strength"] == 1.0);
    CHECK(told["takes"][0]["chord_conformity_percent"].get<double>() == Approx(100.0));
    CHECK(isInside(desk / "over.mid", "| C | Am F | G7 . . C |"));
}

TEST_CASE("Numerals are read in the key, and the share is printed", "[chords]")
{
    const test::Desk desk;
    const auto made =
        test::run(generate + "--chords 'I IV' --key G --chord-strength 1", desk.path());
    INFO(made.errors);
    REQUIRE(made.exitCode == 0);
    CHECK_THAT(made.output, Catch::Contains("100.0 % of the time on chord tones"));
    CHECK(isInside(desk / "over.mid", "| G | C |"));
}

TEST_CASE("Chords of strength 0 measure and change nothing", "[chords]")
{
    const test::Desk desk;
    REQUIRE(test::run(generate, desk.path()).exitCode == 0);
    const auto plain = test::readWholeFile(desk / "over.mid");
    const auto made = test::run(generate + "--chords C --chord-strength 0", desk.path());
    CHECK(made.exitCode == 0);
    CHECK_THAT(made.output, Catch::Contains("% of the time on chord tones"));
    CHECK(test::readWholeFile(desk / "over.mid") == plain);
}

TEST_CASE("The chords of another piece are heard and used", "[chords]")
{
    const test::Desk desk;
    score::Score song;
    song.parts.emplace_back();
    for (const int pitch : {48, 60, 64, 67})
        song.parts[0].notes.push_back({pitch, 90, 0, 4});
    for (const int pitch : {53, 57, 60, 65})
        song.parts[0].notes.push_back({pitch, 90, 4, 4});
    score::writeMidiFile(desk / "song.mid", song);
    const auto made =
        test::run(generate + "--chords-from song.mid --chord-strength 1 --json", desk.path());
    INFO(made.errors);
    REQUIRE(made.exitCode == 0);
    CHECK(json::parse(made.output)["chords"] == "| C | F |");
    CHECK(isInside(desk / "over.mid", "| C | F |"));
}

TEST_CASE("Chords that cannot be are refused with what is known", "[chords]")
{
    const test::Desk desk;
    desk.checkRefused({
        {"no chord", generate + "--chords '| C | H7 |'", 2, {"--chords", "bar 2", "\"H7\""}, ""},
        {"no text", generate + "--chords ''", 2, {"--chords", "empty"}, ""},
        {"bars without chords", generate + "--chords '| |'", 2, {"--chords", "no chord"}, ""},
        {"a strength of 2", generate + "--chords C --chord-strength 2", 2, {"0 to 1"}, ""},
        {"both", generate + "--chords C --chords-from tiny.mid", 2, {"--chords"}, ""},
        {"a missing file", generate + "--chords-from gone.mid", 1, {"gone.mid"}, ""},
        {"a chord outside the scale",
         generate + "--chords 'C F#' --chord-strength 1 --key C --scale 'major pentatonic'",
         2,
         {"chord 2", "less strictly"},
         ""},
    });
}
