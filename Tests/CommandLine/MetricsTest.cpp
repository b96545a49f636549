// `organum metrics`: the same music gives the same figures whatever it is read from, and the table,
// the JSON and the files say what the help promises.

#include "CommandLine/Desk.h"
#include "CommandLine/Program.h"
#include "Score/ChoraleFile.h"
#include "Score/MidiFile.h"
#include "Score/VoiceGrid.h"
#include "Support/RandomScore.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace
{

using namespace organum;
using nlohmann::json;
using test::run;
namespace fs = std::filesystem;

json parsed(const test::Outcome& outcome)
{
    INFO("out: " << outcome.output << "\nerr: " << outcome.errors);
    REQUIRE(outcome.exitCode == 0);
    auto value = json::parse(outcome.output, nullptr, false);
    REQUIRE_FALSE(value.is_discarded());
    return value;
}

json measured(const std::string& arguments, const fs::path& folder)
{
    return parsed(run("metrics " + arguments + " --json", folder.string()));
}

/** Four voices that move by steps on quarters and eighths, `bars` bars long. */
score::VoiceGrid chorale(std::uint64_t seed, int bars)
{
    test::RandomNumbers random(seed);
    score::VoiceGrid grid;
    std::vector<int> now = {72, 67, 60, 48};
    for (int at = 0; at < 16 * bars; ++at) {
        for (auto& pitch : now)
            if (at % 4 == 0 || (at % 2 == 0 && random.oneIn(4)))
                pitch += random.between(-2, 2);
        grid.pitches.insert(grid.pitches.end(), now.begin(), now.end());
    }
    score::markOnsets(grid, score::Joining::untilPitchChanges);
    return grid;
}

json stepsOf(const score::VoiceGrid& grid)
{
    json steps = json::array();
    for (int at = 0; at < grid.steps(); ++at)
        steps.push_back(std::vector<int>(
            grid.pitches.begin() + static_cast<std::ptrdiff_t>(grid.cell(at, 0)),
            grid.pitches.begin() + static_cast<std::ptrdiff_t>(grid.cell(at + 1, 0))));
    return steps;
}

/** music/1.mid and 2.mid hold the test split of chorales.json, whose training split is other. */
void writeChorales(const fs::path& folder)
{
    json file{{"train", json::array()}, {"test", json::array()}};
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
        const auto grid = chorale(seed, 4);
        fs::create_directories(folder / "music");
        score::writeMidiFile(folder / "music" / (std::to_string(seed) + ".mid"),
                             score::scoreFrom(grid));
        file["test"].push_back(stepsOf(grid));
        file["train"].push_back(stepsOf(chorale(seed + 10, 5)));
    }
    test::writeFile(folder / "chorales.json", file.dump());
}

} // namespace

TEST_CASE("Chorales measure alike as JSON, as a folder and as files", "[commands]")
{
    const test::TemporaryFolder folder;
    writeChorales(folder.path());
    const auto sets = measured(
        "chorales.json music music/1.mid music/2.mid --reference chorales.json", folder.path());
    REQUIRE(sets.at("sets").size() == 3);
    const auto& first = sets.at("sets").at(0);
    CHECK(first.at("pieces") == 2);
    CHECK(first.at("bars") == 8.0);
    CHECK(first.at("voices") == 4);
    CHECK(first.at("warnings").empty());
    CHECK(first.at("name") == "test of chorales");
    CHECK(sets.at("sets").at(1).at("name") == "music");
    CHECK(sets.at("sets").at(2).at("name") == "2 files");
    for (const auto* key : {"metrics", "ratios", "deviations", "bars", "steps", "notes"})
        for (const auto& set : sets.at("sets"))
            CHECK(set.at(key) == first.at(key));
    CHECK(sets.at("reference").at("name") == "train of chorales");
    CHECK(sets.at("reference").at("bars") == 10.0);
}

TEST_CASE("Ratios are values over the reference's", "[commands]")
{
    const test::TemporaryFolder folder;
    writeChorales(folder.path());
    const auto json = measured("music --reference chorales.json", folder.path());
    const auto& set = json.at("sets").at(0);
    const auto& reference = json.at("reference").at("metrics");
    int compared = 0;
    for (const auto& [key, value] : set.at("metrics").items()) {
        if (!value.is_number() || !reference.contains(key) || reference.at(key) == 0)
            continue;
        CAPTURE(key);
        if (key == "parallels") { // grows with the set
            CHECK(set.at("ratios").at(key).is_null());
            continue;
        }
        CHECK(set.at("ratios").at(key).get<double>() ==
              Approx(value.get<double>() / reference.at(key).get<double>()));
        ++compared;
    }
    CHECK(compared >= 5);
    CHECK(set.at("ratios").at("notes_per_bar").at("bass").get<double>() ==
          Approx(set.at("metrics").at("notes_per_bar").at("bass").get<double>() /
                 reference.at("notes_per_bar").at("bass").get<double>()));
    CHECK(set.at("ratios").at("empty_bars").at("bass").is_null()); // 0 over 0
}

TEST_CASE("A copied span is found and placed", "[commands]")
{
    const test::TemporaryFolder folder;
    writeChorales(folder.path());
    // Bar 2 of the first piece, three semitones higher, between bars of another one.
    auto grid = chorale(77, 3);
    const auto source = score::excerpt(chorale(1, 4), 16, 16);
    for (int at = 0; at < 16; ++at)
        for (int voice = 0; voice < 4; ++voice)
            grid.pitches[grid.cell(16 + at, voice)] = source.pitch(at, voice) + 3;
    // Before it, half a bar of a chorale in the training split.
    const auto other = score::excerpt(chorale(11, 5), 32, 8);
    for (int at = 0; at < 8; ++at)
        for (int voice = 0; voice < 4; ++voice)
            grid.pitches[grid.cell(at, voice)] = other.pitch(at, voice);
    score::markOnsets(grid, score::Joining::untilPitchChanges);
    score::writeMidiFile(folder / "new.mid", score::scoreFrom(grid));
    const auto json = measured("new.mid --reference music", folder.path());
    const auto& copy = json.at("sets").at(0).at("longest_copy");
    CHECK(copy.at("steps") == 16);
    CHECK(copy.at("step") == 16);
    CHECK(copy.at("source_piece") == "1.mid");
    CHECK(copy.at("source_step") == 16);
    CHECK(copy.at("semitones") == 3);
    // Looked for elsewhere, it is found elsewhere, and no reference is needed.
    const auto elsewhere = measured("new.mid --copied-from chorales.json", folder.path());
    const auto& training = elsewhere.at("sets").at(0).at("longest_copy");
    CHECK(training.at("steps") == 8);
    CHECK(training.at("step") == 0);
    CHECK(training.at("source_piece") == "train 1");
    CHECK(training.at("source_step") == 32);
    const auto table = run("metrics new.mid --reference music", folder.path().string());
    CHECK_THAT(table.output, Catch::Contains("16 steps, new.mid from bar 2, which is 1.mid from "
                                             "bar 2, 3 semitones higher"));
}

TEST_CASE("Cutting measures whole windows and says what it left out", "[commands]")
{
    const test::TemporaryFolder folder;
    writeChorales(folder.path());
    const auto json =
        measured("music --reference chorales.json --reference-split train --cut 3", folder.path());
    CHECK(json.at("cut_bars") == 3);
    const auto& set = json.at("sets").at(0);
    CHECK(set.at("pieces") == 2);
    CHECK(set.at("bars") == 6.0);
    CHECK(set.at("bars_left_out") == 2.0);
    CHECK(set.at("too_short") == 0);
    CHECK(json.at("reference").at("bars_left_out") == 4.0);
    const auto refused = run("metrics music --cut 5", folder.path().string());
    CHECK(refused.exitCode == 1);
    CHECK_THAT(refused.errors, Catch::Contains("no piece of music has 5 bars"));
}

TEST_CASE("A joining rule counts repeated notes of all sets alike", "[commands]")
{
    const test::TemporaryFolder folder;
    score::Score score;
    score.parts.push_back({"Flute", 0, 73, {}});
    for (int i = 0; i < 8; ++i)
        score.parts[0].notes.push_back({60, 90, score::Quarters(i, 2), score::Quarters(1, 2)});
    score::writeMidiFile(folder / "eighths.mid", score);
    const auto notes = [&](const std::string& options) {
        return measured("eighths.mid " + options, folder.path())
            .at("sets")
            .at(0)
            .at("metrics")
            .at("notes_per_bar")
            .at("voice")
            .get<int>();
    };
    CHECK(notes("") == 8);
    CHECK(notes("--joining pitch") == 1);
    CHECK(notes("--joining beat") == 4);
    CHECK(notes("--joining bar") == 1);
}

TEST_CASE("One voice is the highest note of each step, from whatever source", "[commands]")
{
    const test::TemporaryFolder folder;
    writeChorales(folder.path());
    const auto sets = measured("chorales.json music --one-voice", folder.path()).at("sets");
    CHECK(sets.at(0).at("voices") == 1);
    CHECK(sets.at(0).at("metrics").at("notes_per_bar").contains("voice"));
    CHECK_FALSE(sets.at(0).at("metrics").contains("parallels"));
    CHECK(sets.at(0).at("metrics").at("changes") == sets.at(1).at("metrics").at("changes"));
    CHECK(sets.at(0).at("metrics").at("pitch_classes_per_bar") ==
          sets.at(1).at("metrics").at("pitch_classes_per_bar"));
}

TEST_CASE("What the grid cannot hold is said", "[commands]")
{
    const test::TemporaryFolder folder;
    score::Score score;
    score.metres.push_back({score::Quarters(0), 3, 4});
    score.parts.push_back({"Keys",
                           0,
                           0,
                           {{60, 90, score::Quarters(0), score::Quarters(1)},
                            {64, 90, score::Quarters(0), score::Quarters(1)},
                            {67, 90, score::Quarters(4, 3), score::Quarters(5, 3)}}});
    score::writeMidiFile(folder / "waltz.mid", score);
    const auto outcome = run("metrics waltz.mid", folder.path().string());
    CHECK(outcome.exitCode == 0);
    CHECK_THAT(outcome.output, Catch::Contains("1 piece, 1 bar, 1 voice"));
    CHECK_THAT(outcome.errors, Catch::Contains("nearest sixteenth: 1 of 3 notes"));
    CHECK_THAT(outcome.errors, Catch::Contains("same voice: 1 and 0 of 3 notes"));
}

TEST_CASE("A model's pieces are those of its seeds", "[commands]")
{
    const test::TemporaryFolder folder;
    const auto here = folder.path().string();
    for (const std::string seed : {"5", "6"}) {
        const auto made = run(
            "generate --model tiny --bars 4 --seed " + seed + " -o made/" + seed + ".mid", here);
        INFO(made.errors);
        REQUIRE(made.exitCode == 0);
    }
    const auto json = measured("tiny made --pieces 2 --bars 4 --seed 5", folder.path());
    const auto& model = json.at("sets").at(0);
    CHECK(model.at("name") == "tiny");
    CHECK(model.at("pieces") == 2);
    CHECK(model.at("bars") == 8.0);
    CHECK(model.at("metrics").at("notes_per_bar") ==
          json.at("sets").at(1).at("metrics").at("notes_per_bar"));
    CHECK(model.at("metrics").at("scale_consistency") ==
          json.at("sets").at(1).at("metrics").at("scale_consistency"));
}

TEST_CASE("Metrics are written as JSON, table and picture", "[commands]")
{
    const test::TemporaryFolder folder;
    writeChorales(folder.path());
    const auto outcome =
        run("metrics music --reference chorales.json -o figures", folder.path().string());
    INFO(outcome.errors);
    REQUIRE(outcome.exitCode == 0);
    CHECK(json::parse(test::readWholeFile(folder / "figures/metrics.json")).at("sets").size() == 1);
    CHECK(test::readWholeFile(folder / "figures/metrics.txt") == outcome.output + "\n");
    CHECK(test::readWholeFile(folder / "figures/metrics.png").compare(0, 4, "\x89PNG") == 0);
    // Every key of the help is there.
    const auto help = run("metrics --help", folder.path().string()).output;
    const auto metrics = json::parse(test::readWholeFile(folder / "figures/metrics.json"))
                             .at("sets")
                             .at(0)
                             .at("metrics");
    for (const auto& [key, value] : metrics.items()) {
        CAPTURE(key);
        CHECK(help.find(key) != std::string::npos);
    }
    for (const std::string key : {"empty_bars", "note_lengths", "parallels", "longest_copy"})
        CHECK(metrics.contains(key));
}

TEST_CASE("Bach's chorales measure as they are known to", "[commands]")
{
    const auto data = test::realData("jsb_chorales");
    if (!data)
        return;
    const auto file = test::quoted((*data / "Jsb16thSeparated.json").string());
    const test::TemporaryFolder folder;
    const auto json = measured(file + " --reference " + file, folder.path());
    CHECK(json.at("reference").at("metrics").at("parallels") == 61);
    CHECK(json.at("reference").at("bars") == 3451.75);
    const auto& test = json.at("sets").at(0);
    CHECK(test.at("metrics").at("parallels") == 21);
    CHECK(test.at("bars") == 1181.25);
    CHECK(test.at("metrics").at("longest_copy").at("all voices").get<int>() > 4);
    CHECK(test.at("longest_copy").at("steps") ==
          test.at("metrics").at("longest_copy").at("all voices"));
}

TEST_CASE("Music that cannot be measured is refused", "[bad-input]")
{
    const test::Desk desk;
    test::writeFile(desk / "broken.json", R"({"test": [[[60, 60, 60]]]})");
    test::writeFile(desk / "train.json", R"({"train": [[[60, 60, 60, 60]]]})");
    desk.checkRefused({
        {"no music", "metrics", 2, {"music"}, ""},
        {"an empty name", "metrics ''", 2, {"empty text"}, ""},
        {"a missing file", "metrics none.mid", 1, {"none.mid"}, ""},
        {"a damaged file", "metrics bad.mid", 1, {"bad.mid"}, ""},
        {"a silent file", "metrics silent.mid", 1, {"silent.mid", "no notes"}, ""},
        {"an empty folder", "metrics empty", 1, {"empty", "no MIDI file"}, ""},
        {"a folder of bad files", "metrics allbad", 1, {"allbad", "one.mid", "two.mid"}, ""},
        {"a file that is no music", "metrics file", 1, {"file", "chorales"}, ""},
        {"an unknown name", "metrics nobody", 1, {"nobody", "tiny"}, ""},
        {"a missing reference", "metrics high.mid --reference none.json", 1, {"none.json"}, ""},
        {"broken chorales", "metrics broken.json", 1, {"broken.json", "step 1 in piece 1"}, ""},
        {"chorales without that split", "metrics train.json", 1, {"train.json", "'test'"}, ""},
        {"an unknown split", "metrics train.json --split all", 2, {"--split"}, ""},
        {"a negative cut", "metrics high.mid --cut -1", 2, {"--cut", "0 to 1000"}, ""},
        {"no pieces", "metrics tiny.organum --pieces 0", 2, {"--pieces"}, ""},
        {"rules of NaN", "metrics tiny.organum --rules nan", 2, {"--rules"}, ""},
        {"a negative seed", "metrics tiny.organum --seed -1", 2, {"--seed"}, ""},
        {"an output that is a file", "metrics high.mid -o file", 1, {"file", "folder"}, ""},
        {"an output below a file", "metrics high.mid -o file/out", 1, {"file"}, ""},
        {"a full disk", "metrics high.mid >/dev/full", 1, {"disk"}, ""},
    });
}
