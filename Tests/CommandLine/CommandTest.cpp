// The commands' promises: fixed forms, documented JSON, and the same seed giving the same bytes.

#include "CommandLine/Program.h"
#include "Score/MidiFile.h"
#include "Score/Scale.h"
#include "Support/Paths.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace
{

using namespace organum;
using nlohmann::json;
using test::run;
namespace fs = std::filesystem;

const std::string tiny = "--model tiny ";

json parsed(const test::Outcome& outcome)
{
    INFO("out: " << outcome.output << "\nerr: " << outcome.errors);
    REQUIRE(outcome.exitCode == 0);
    auto value = json::parse(outcome.output, nullptr, false);
    REQUIRE_FALSE(value.is_discarded());
    return value;
}

bool isPng(const fs::path& file)
{
    return test::readWholeFile(file).compare(0, 8, "\x89PNG\r\n\x1a\n") == 0;
}

} // namespace

TEST_CASE("Every command explains itself with examples", "[commands]")
{
    const test::TemporaryFolder folder;
    for (const std::string command :
         {"generate", "render", "models", "train", "evaluate", "report", "list", "doctor"}) {
        CAPTURE(command);
        const auto help = run(command + " --help", folder.path().string());
        CHECK(help.exitCode == 0);
        CHECK(help.output.find("Examples:") != std::string::npos);
        CHECK(help.output.find("organum " + command) != std::string::npos);
        CHECK(help.errors.empty());
    }
    const auto help = run("--help", folder.path().string());
    CHECK(help.exitCode == 0);
    CHECK(help.output.find("Exit codes:") != std::string::npos);
}

TEST_CASE("The help of training tells about the model that was named, as the list does",
          "[commands]")
{
    const test::TemporaryFolder folder;
    const auto here = folder.path().string();
    const auto all = parsed(run("list --json", here));
    for (const auto& model : all["trainable"]) {
        const std::string name = model["name"];
        CAPTURE(name);
        const auto help = run("train " + name + " --help", here);
        CHECK(help.exitCode == 0);
        CHECK(help.output.find("About " + name + "\n") != std::string::npos);
        REQUIRE_FALSE(model["example"].get<std::string>().empty());
        CHECK(help.output.find(model["example"].get<std::string>()) != std::string::npos);
        const auto listed = run("list " + name, here);
        CHECK(listed.output.rfind(name + "\n", 0) == 0);
        CHECK(help.output.find(listed.output) != std::string::npos);
    }
    const auto unknown = run("list nothing", here);
    CHECK(unknown.exitCode == 2);
    CHECK(unknown.errors.find("\"nothing\" cannot be trained") != std::string::npos);
}

TEST_CASE("Generating fills exactly the asked bars, and a seed means the same bytes", "[commands]")
{
    const test::TemporaryFolder folder;
    const auto here = folder.path().string();
    REQUIRE(run("generate " + tiny + "--bars 4 --seed 7 -o first.mid", here).exitCode == 0);
    REQUIRE(run("generate " + tiny + "--bars 4 --seed 7 -o second.mid", here).exitCode == 0);
    REQUIRE(run("generate " + tiny + "--bars 4 --seed 8 -o third.mid", here).exitCode == 0);
    const auto first = test::readWholeFile(folder / "first.mid");
    CHECK(first == test::readWholeFile(folder / "second.mid"));
    CHECK(first != test::readWholeFile(folder / "third.mid"));
    const auto score = score::readMidiFile(folder / "first.mid").score;
    CHECK(score.noteCount() > 0);
    CHECK(score.end() <= score::Quarters(16));
}

// A musician reads one name in the plugin's menu and another one here.
TEST_CASE("A model goes by the title that the plugin shows, too", "[commands]")
{
    const test::TemporaryFolder folder;
    const auto here = folder.path().string();
    const auto byName = run("generate " + tiny + "--bars 2 --seed 5 -o name.mid", here);
    const auto byTitle =
        run("generate --model \"Tiny tunes\" --bars 2 --seed 5 -o title.mid", here);
    INFO(byTitle.errors);
    REQUIRE(byName.exitCode == 0);
    REQUIRE(byTitle.exitCode == 0);
    CHECK(test::readWholeFile(folder / "title.mid") == test::readWholeFile(folder / "name.mid"));
}

TEST_CASE("With --all a take comes with sound, notation and its explanation", "[commands]")
{
    const test::TemporaryFolder folder;
    const auto answer = parsed(run(
        "generate " + tiny + "--bars 2 --seed 3 --all --json -o take.mid", folder.path().string()));
    CHECK(answer["bars"] == 2);
    CHECK(answer["metre"] == "4/4");
    REQUIRE(answer["takes"].size() == 1);
    CHECK(answer["takes"][0]["seed"] == 3);
    CHECK(answer["takes"][0]["nats_per_element"].get<double>() > 0.0);
    CHECK(answer["takes"][0]["files"].size() == 6);
    for (const auto& file : answer["takes"][0]["files"])
        CHECK(fs::file_size(folder.path() / file.get<std::string>()) > 100);
    for (const auto* picture : {"take-roll.png", "take-probabilities.png", "take-attention.png"})
        CHECK(isPng(folder / picture));
    CHECK(test::readWholeFile(folder / "take.wav").compare(0, 4, "RIFF") == 0);
    CHECK(test::readWholeFile(folder / "take.musicxml").find("<score-partwise") !=
          std::string::npos);
}

TEST_CASE("A folder as output gets everything, variations are numbered", "[commands]")
{
    const test::TemporaryFolder folder;
    const auto answer =
        parsed(run("generate " + tiny + "--bars 2 --seed 5 --variations 2 --json -o out",
                   folder.path().string()));
    REQUIRE(answer["takes"].size() == 2);
    CHECK(answer["takes"][1]["seed"] == 6);
    CHECK(fs::exists(folder.path() / "out" / "tiny-5-1.mid"));
    CHECK(fs::exists(folder.path() / "out" / "tiny-5-2-roll.png"));

    const auto single =
        run("generate " + tiny + "--bars 2 --seed 6 -o single.mid", folder.path().string());
    REQUIRE(single.exitCode == 0);
    CHECK(score::readMidiFile(folder / "single.mid").score.parts ==
          score::readMidiFile(folder.path() / "out" / "tiny-5-2.mid").score.parts);
}

TEST_CASE("A scale is kept to, and a primer is gone on from", "[commands]")
{
    const test::TemporaryFolder folder;
    const auto here = folder.path().string();
    REQUIRE(run("generate " + tiny + "--bars 8 --key D --scale 'natural minor' -o d.mid", here)
                .exitCode == 0);
    const auto allowed = score::pitchClasses(*score::findScale("natural minor"), 2);
    for (const auto& part : score::readMidiFile(folder / "d.mid").score.parts)
        for (const auto& note : part.notes)
            CHECK(score::contains(allowed, note.pitch));

    REQUIRE(run("generate " + tiny + "--bars 2 --primer d.mid --with-primer -o on.mid", here)
                .exitCode == 0);
    const auto both = score::readMidiFile(folder / "on.mid").score;
    CHECK(both.end() > score::Quarters(32));
    CHECK(both.end() <= score::Quarters(40));
}

TEST_CASE("Rendering turns MIDI into sound, notation and a picture", "[commands]")
{
    const test::TemporaryFolder folder;
    const auto here = folder.path().string();
    REQUIRE(run("generate " + tiny + "--bars 2 --tempo 120 -o take.mid", here).exitCode == 0);
    const auto answer = parsed(run("render take.mid -o out --json", here));
    CHECK(answer["files"].size() == 3);
    CHECK(isPng(folder.path() / "out" / "take-roll.png"));
    // 8 quarters at 120 a minute last 4 seconds, less a last rest, plus a tail of at most 4.
    const auto bytes = fs::file_size(folder.path() / "out" / "take.wav");
    CHECK(bytes > 48000u * 4u * 1u);
    CHECK(bytes < 48000u * 4u * 9u);
    const auto wav = test::readWholeFile(folder.path() / "out" / "take.wav");
    REQUIRE(run("render take.mid -o again --only wav", here).exitCode == 0);
    CHECK(wav == test::readWholeFile(folder.path() / "again" / "take.wav"));
}

TEST_CASE("Models, trainable things and the machine's health can be read by programs", "[commands]")
{
    const test::TemporaryFolder folder;
    const auto here = folder.path().string();
    const auto models = parsed(run("models --json", here));
    bool found = false;
    for (const auto& model : models["models"])
        found = found || (model["name"] == "tiny" && model["title"] == "Tiny tunes" &&
                          model["provenance"].is_object());
    CHECK(found);

    const auto trainable = parsed(run("list --json", here));
    REQUIRE_FALSE(trainable["trainable"].empty());
    const auto& list = trainable["trainable"];
    CHECK(list[0]["name"] == "wrodl-histogram"); // in the order of the book
    const auto lstm = std::find_if(list.begin(), list.end(), [](const auto& each) {
        return each["name"] == "attention-lstm";
    });
    REQUIRE(lstm != list.end());
    CHECK((*lstm)["recipes"].contains("book"));

    const auto health = parsed(run("doctor --json", here));
    std::vector<std::string> names;
    for (const auto& check : health["checks"])
        names.push_back(check["name"]);
    for (const std::string name : {"blas", "engine", "models", "soundfont", "plugins", "display"})
        CHECK(std::find(names.begin(), names.end(), name) != names.end());
}

TEST_CASE("A key that changes nothing is not passed over in silence", "[commands]")
{
    const test::TemporaryFolder folder;
    const auto here = folder.path().string();
    const auto warns = [&](const std::string& options, const std::string& file) {
        const auto made = run("generate " + tiny + "--bars 2 " + options + " -o " + file, here);
        CHECK(made.exitCode == 0);
        return made.errors.find("--key alone changes nothing") != std::string::npos;
    };
    CHECK(warns("--key G", "a.mid"));
    CHECK_FALSE(warns("--key G --scale major", "b.mid"));
    CHECK_FALSE(warns("--key G --chords \"I V\"", "c.mid"));
    CHECK_FALSE(warns("", "d.mid"));
}

TEST_CASE("Evaluating gives the documented keys, on the split that was asked for", "[commands]")
{
    const test::TemporaryFolder folder;
    const auto music = test::quoted((fs::path(ORGANUM_TEST_MODELS) / "../music").string());
    const auto answer =
        parsed(run("evaluate tiny --data " + music + " --split validation --bootstrap 50 --json",
                   folder.path().string()));
    CHECK(answer["split"] == "validation");
    for (const std::string key : {"pitch", "duration", "sum"}) {
        CHECK(answer["model"][key].get<double>() > 0.0);
        for (const std::string name : {"unigram", "repeat_previous", "ngram"})
            CHECK(answer["baselines"][name][key].get<double>() > 0.0);
    }
}

TEST_CASE("A training that ended before its first epoch names no bundle", "[commands]")
{
    // Its path stood in the JSON, and programs went on to open what was not there.
    const test::TemporaryFolder folder;
    const auto music = test::quoted((fs::path(ORGANUM_TEST_MODELS) / "../music").string());
    const auto outcome = run("train attention-lstm --recipe book --data " + music +
                                 " --run run --max-minutes 0.000001 --json",
                             folder.path().string());
    CHECK(outcome.exitCode == 0);
    const auto json = parsed(outcome);
    CHECK(json["out_of_time"] == true);
    CHECK(json["epochs"] == 0);
    CHECK(json["bundle"].is_null());
}

TEST_CASE("Ctrl-C during training leaves a checkpoint that --resume goes on from", "[commands]")
{
    const test::TemporaryFolder folder;
    const auto here = folder.path().string();
    const auto music = test::quoted((fs::path(ORGANUM_TEST_MODELS) / "../music").string());
    // The shell waits for the first finished epoch, interrupts, and passes the exit code on.
    const auto script = test::quoted(ORGANUM_PROGRAM) +
                        " train attention-lstm --recipe book --data " + music +
                        " --run run --epochs 100000 --device cpu & p=$!; "
                        "while kill -0 $p && ! [ \"$(wc -l 2>/dev/null <run/log.csv)\" -ge 2 ]; "
                        "do sleep 0.2; done 2>/dev/null; "
                        "kill -INT $p; wait $p; test $? -eq 130 &&";
    const auto resumed = run("train --resume --run run --epochs 3 --json", here, script);
    INFO("out: " << resumed.output << "\nerr: " << resumed.errors);
    CHECK(resumed.exitCode == 0);
    CHECK(resumed.output.find("--resume") != std::string::npos);
    CHECK(fs::exists(folder.path() / "run" / "checkpoints"));
    CHECK(fs::exists(folder.path() / "run" / "model.organum"));
}
