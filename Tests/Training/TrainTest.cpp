// Whole runs of a small network, each in a process of its own, so that it can be killed.

#include "Bundle/Bundle.h"
#include "ChildRuns.h"
#include "Support/Paths.h"
#include "Support/TestDevice.h"
#include "Training/Loop/Progress.h"
#include "Training/Training.h"
#include "Tunes.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

namespace
{

TrainOptions smallRun(const std::filesystem::path& folder, const std::string& run,
                      const std::string& recipe)
{
    TrainOptions options;
    options.data = folder / "data";
    options.run = folder / run;
    options.recipe = recipe;
    options.device = test::testDevice();
    options.epochs = 6;
    options.settings = {{"units", "12"}, {"embed_size", "8"}, {"rate", "0.01"}};
    if (recipe != "book") {
        options.settings["lanes"] = "3";
        options.settings["chunk"] = "8";
    }
    return options;
}

} // namespace

TEST_CASE("A run that was killed again and again ends as one that never stopped", "[resume]")
{
    const auto recipe = GENERATE(as<std::string>(), "faithful", "default", "book");
    INFO(recipe);
    test::TemporaryFolder folder;
    test::writeTunes(folder / "data", 8);
    REQUIRE(test::trainInChild(smallRun(folder.path(), "whole", recipe)) == 0);

    auto options = smallRun(folder.path(), "killed", recipe);
    int kills = 0;
    for (int round = 0; round < 4; ++round) {
        const auto status =
            test::signalled(options, SIGKILL, std::chrono::microseconds(round * round * 3500));
        if (status == 0)
            break;
        REQUIRE(status == -SIGKILL);
        ++kills;
        options.resume = true;
    }
    CHECK(kills >= 2);
    if (kills == 4)
        REQUIRE(test::trainInChild(options) == 0);
    test::checkSameResult(folder / "whole", folder / "killed");
}

TEST_CASE("Ctrl-C writes a checkpoint and leaves; resuming loses nothing", "[resume]")
{
    const auto recipe = GENERATE(as<std::string>(), "faithful", "default", "book");
    INFO(recipe);
    test::TemporaryFolder folder;
    test::writeTunes(folder / "data", 8, 120);
    auto options = smallRun(folder.path(), "whole", recipe);
    REQUIRE(test::trainInChild(options) == 0);
    options.run = folder / "interrupted";
    REQUIRE(test::signalled(options, SIGINT, std::chrono::microseconds(4000)) ==
            interruptedExitCode);
    options.resume = true;
    REQUIRE(test::trainInChild(options) == 0);
    test::checkSameResult(folder / "whole", folder / "interrupted");
}

TEST_CASE("A killed run of full size ends as one that never stopped", "[resume]")
{
    // Products of this size are divided among BLAS's threads, and composing the sample of epoch 1
    // once changed their number for the rest of the process: a run that went on in a new process
    // differed in the last digit of most weights.
    test::TemporaryFolder folder;
    test::writeTunes(folder / "data", 6);
    auto options = smallRun(folder.path(), "whole", "default");
    options.threads = GENERATE(1, 2);
    INFO("threads " << options.threads);
    options.settings = {{"lanes", "4"}, {"chunk", "32"}};
    REQUIRE(test::trainInChild(options) == 0);
    options.run = folder / "killed";
    REQUIRE(test::signalled(options, SIGKILL, std::chrono::microseconds(0)) == -SIGKILL);
    options.resume = true;
    options.threads = 0; // as the run began: nobody remembers that after a crash
    REQUIRE(test::trainInChild(options) == 0);
    test::checkSameResult(folder / "whole", folder / "killed");
}

TEST_CASE("A bundle says what it was trained on and how", "[train]")
{
    test::TemporaryFolder folder;
    test::writeTunes(folder / "data", 8);
    auto options = smallRun(folder.path(), "run", "default");
    options.epochs = 2;
    options.name = "Tunes";
    options.licence = "CC0";
    options.commandLine = "organum train";
    REQUIRE(test::trainInChild(options) == 0);
    const auto metadata = bundle::readMetadata(folder / "run" / "model.organum");
    CHECK(metadata.name == "Tunes");
    const auto provenance = nlohmann::json::parse(metadata.provenance);
    CHECK(provenance["data"]["files"].size() == 8);
    CHECK(provenance["data"]["licence"] == "CC0");
    CHECK(provenance["split"] ==
          nlohmann::json::parse(test::readWholeFile(folder / "run" / "split.json")));
    CHECK(provenance["metrics"]["validation"]["sum"].get<double>() > 0.0);
    CHECK(provenance["epochs"] == 2);
    CHECK(provenance["metre"] == "3/4");
    CHECK(provenance["program"] == 73);
    CHECK(provenance["command"] == "organum train");

    // The run is in the way of another one.
    Progress silent;
    CHECK_THROWS_WITH(train(options, silent), Contains("--resume"));
}

TEST_CASE("Evaluation by single steps agrees with validation in batches", "[train]")
{
    const auto recipe = GENERATE(as<std::string>(), "faithful", "default");
    test::TemporaryFolder folder;
    test::writeTunes(folder / "data", 8);
    auto options = smallRun(folder.path(), "run", recipe);
    options.epochs = 3;
    REQUIRE(test::trainInChild(options) == 0);
    const auto provenance =
        nlohmann::json::parse(bundle::readMetadata(options.run / "model.organum").provenance);

    Progress silent;
    EvaluateOptions judge;
    judge.model = options.run;
    judge.data = options.data;
    judge.split = "validation";
    judge.bootstrapDraws = 200;
    const auto evaluation = evaluate(judge, silent);
    CHECK(evaluation.warnings.empty());
    CHECK_THAT(evaluation.table, Contains("Split: validation"));
    const auto json = nlohmann::json::parse(evaluation.json);
    for (const auto* stream : {"pitch", "duration", "sum"})
        CHECK(json["model"][stream].get<double>() ==
              Approx(provenance["metrics"]["validation"][stream].get<double>()).margin(2e-4));
    for (const auto* name : {"unigram", "repeat_previous", "ngram"}) {
        const auto& baseline = json["baselines"][name];
        CHECK(baseline["pitch"].get<double>() + baseline["duration"].get<double>() ==
              Approx(baseline["sum"].get<double>()));
        CHECK(baseline["elements"] == json["model"]["elements"]);
        CHECK(baseline["movements"].size() == json["model"]["movements"].size());
        CHECK(baseline["interval"].size() == 2);
    }

    std::ofstream(folder / "data" / "tune-01.mid", std::ios::app) << "x";
    judge.baselines = false;
    CHECK(evaluate(judge, silent).warnings.size() == 1);
    judge.model = folder / "data";
    CHECK_THROWS_WITH(evaluate(judge, silent), Contains("no run folder"));
}

TEST_CASE("A report shows new music, history, statistics and copies", "[train]")
{
    test::TemporaryFolder folder;
    test::writeTunes(folder / "data", 8);
    auto options = smallRun(folder.path(), "run", "default");
    REQUIRE(test::trainInChild(options) == 0);
    Progress silent;
    ReportOptions wish;
    wish.model = options.run;
    wish.output = folder / "report";
    wish.bars = 4;
    const auto files = report(wish, silent);
    for (const auto& file : files) {
        INFO(file.string());
        CHECK(std::filesystem::file_size(file) > 0);
    }
    const auto text = test::readWholeFile(folder / "report" / "report.md");
    CHECK_THAT(text, Contains("## New music") && Contains("6 epochs") && Contains("epoch-0005") &&
                         Contains("median pitch") && Contains("Longest spans"));
    wish.output = folder / "data" / "tune-01.mid" / "below";
    CHECK_THROWS_WITH(report(wish, silent), Contains("report folder"));
}

TEST_CASE("What cannot be trained is refused before anything is written", "[train]")
{
    test::TemporaryFolder folder;
    test::writeTunes(folder / "data", 5);
    Progress silent;
    auto options = smallRun(folder.path(), "run", "default");
    const auto refuses = [&](const TrainOptions& wrong, const std::string& word) {
        CHECK_THROWS_WITH(train(wrong, silent), Contains(word));
        CHECK_FALSE(std::filesystem::exists(folder / "run"));
    };
    auto wrong = options;
    wrong.recipe = "soup";
    refuses(wrong, "soup");
    wrong = options;
    wrong.settings["speed"] = "1";
    refuses(wrong, "speed");
    // Once the folder was made first, and the corrected command was then refused as a second run.
    wrong = options;
    wrong.settings["units"] = "0";
    refuses(wrong, "units");
    wrong = options;
    wrong.settings["rate"] = "-1";
    refuses(wrong, "rate");
    wrong = options;
    wrong.settings["patience"] = "-1";
    refuses(wrong, "patience");
    wrong = options;
    wrong.data = folder / "nowhere";
    refuses(wrong, "nowhere");
    wrong = options;
    wrong.device = "abacus";
    refuses(wrong, "abacus");
    wrong = options;
    wrong.resume = true;
    refuses(wrong, "no run to resume");
    wrong = options;
    wrong.split = folder / "data" / "tune-01.mid";
    refuses(wrong, "split");
    wrong = options;
    wrong.run = folder / "data" / "tune-01.mid" / "run";
    refuses(wrong, "Could not make the run folder");
}
