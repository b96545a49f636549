// The adversaries of chapter 4 from a file of drawings to bundle, report and samples.

#include "ChildRuns.h"
#include "ImageFiles.h"
#include "Support/Paths.h"
#include "Support/TestDevice.h"
#include "Training/Evaluation/Judged.h"
#include "Training/Report/LogTable.h"
#include "Training/Report/Pictures.h"
#include "Training/Training.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <numeric>

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

namespace
{

namespace fs = std::filesystem;

/** Headerless drawings of 28 x 28 bytes: a thick bar, upright or lying, on black. */
void writeBars(const fs::path& file, int count)
{
    std::string bytes;
    for (int i = 0; i < count; ++i)
        for (int y = 0; y < 28; ++y)
            for (int x = 0; x < 28; ++x) {
                const auto across = i % 2 == 0 ? x : y;
                bytes.push_back(across >= 11 && across < 18 ? '\xFF' : '\0');
            }
    std::ofstream(file, std::ios::binary) << bytes;
}

/** Eight pixels a side and few channels: a step takes some milliseconds. */
TrainOptions smallRun(const std::string& what, const test::TemporaryFolder& folder,
                      const std::string& run)
{
    TrainOptions options;
    options.what = what;
    options.data = folder / "bars.bin";
    options.run = folder / run;
    options.device = test::testDevice();
    options.epochs = 6;
    options.settings = {{"size", "8"},        {"generator_width", "8"}, {"critic_width", "8"},
                        {"epoch_steps", "2"}, {"batch", "16"},          {"noise", "8"},
                        {"critic_steps", "2"}};
    return options;
}

std::vector<double> column(const fs::path& run, const std::string& name)
{
    const auto log = readLog(run / "log.csv");
    const auto* values = log.column(name);
    INFO(name);
    REQUIRE(values != nullptr);
    return *values;
}

} // namespace

TEST_CASE("Each pair of adversaries learns to draw bars within seconds", "[imagegans]")
{
    test::TemporaryFolder folder;
    writeBars(folder / "bars.bin", 40);
    const auto what = GENERATE("sketch-gan", "image-wgan", "image-wgan-gp");
    auto options = smallRun(what, folder, "run");
    options.epochs = 15;
    options.settings["epoch_steps"] = "10";
    options.settings["rate"] = what == std::string("image-wgan-gp") ? "0.002" : "0.001";
    options.settings["critic_rate"] = options.settings["rate"];
    if (what == std::string("image-wgan"))
        options.settings["clip"] = "0.1";
    REQUIRE(test::trainInChild(options) == 0);
    // At first all is grey, then nearer to a bar than any grey image can be. Adversaries swing
    // about what they learn, so the mean of the last rounds counts.
    const auto nearest = column(options.run, "validation_nearest");
    constexpr std::ptrdiff_t lastRounds = 5;
    const double late =
        std::accumulate(nearest.end() - lastRounds, nearest.end(), 0.0) / lastRounds;
    INFO(what << ": nearest " << nearest.front() << ", at the end " << late);
    CHECK(late < 0.15);
    CHECK(late < 0.5 * nearest.front());
}

TEST_CASE("A GAN killed again and again ends as one that never stopped", "[imagegans]")
{
    const auto what = GENERATE("sketch-gan", "image-wgan-gp");
    test::TemporaryFolder folder;
    writeBars(folder / "bars.bin", 40);
    REQUIRE(test::trainInChild(smallRun(what, folder, "whole")) == 0);
    auto options = smallRun(what, folder, "killed");
    int kills = 0;
    for (int round = 0; round < 3; ++round) {
        const auto status =
            test::signalled(options, SIGKILL, std::chrono::microseconds(round * round * 3000));
        if (status == 0)
            break;
        REQUIRE(status == -SIGKILL);
        ++kills;
        options.resume = true;
    }
    CHECK(kills >= 1);
    if (kills == 3)
        REQUIRE(test::trainInChild(options) == 0);
    const auto left = bundle::readBundle(folder / "whole" / "model.organum");
    const auto right = bundle::readBundle(folder / "killed" / "model.organum");
    REQUIRE(left.tensors.size() == right.tensors.size());
    for (const auto& [name, tensor] : left.tensors) {
        INFO(name);
        CHECK(tensor.bytes == right.tensors.at(name).bytes);
    }
    CHECK(test::logWithoutSeconds(folder / "whole") == test::logWithoutSeconds(folder / "killed"));
    CHECK(test::readWholeFile(folder / "whole" / "samples" / "epoch-0005.png") ==
          test::readWholeFile(folder / "killed" / "samples" / "epoch-0005.png"));
}

TEST_CASE("A run of adversaries has the log, samples and report that the book shows", "[imagegans]")
{
    test::TemporaryFolder folder;
    writeBars(folder / "bars.bin", 40);
    const auto check = [&](const std::string& what, const std::string& recipe,
                           const std::vector<std::string>& columns,
                           const std::vector<std::string>& pictures) {
        INFO(what << " " << recipe);
        auto options = smallRun(what, folder, what + recipe);
        options.recipe = recipe;
        REQUIRE(test::trainInChild(options) == 0);
        for (const auto& name : columns)
            CHECK(column(options.run, name).size() == 6);
        const auto bundle = bundle::readBundle(options.run / "model.organum");
        CHECK(bundle.metadata.kind == what);
        CHECK(bundle.tensors.count("layer4.weight") == 1);
        const auto provenance = nlohmann::json::parse(bundle.metadata.provenance);
        CHECK(provenance["metrics"]["validation"].contains("diversity"));

        Progress silent;
        ReportOptions asked;
        asked.model = options.run;
        asked.output = folder / (what + recipe + "-report");
        report(asked, silent);
        const auto text = test::readWholeFile(asked.output / "report.md");
        if (canDraw())
            for (const auto& name : pictures) {
                INFO(name);
                CHECK(fs::exists(asked.output / name));
                CHECK_THAT(text, Contains("(" + name + ")"));
            }

        SampleOptions wanted;
        wanted.model = options.run;
        wanted.count = 6;
        wanted.output = folder / "a.png";
        sample(wanted, silent);
        wanted.output = folder / "b.png";
        sample(wanted, silent);
        CHECK(test::readWholeFile(folder / "a.png") == test::readWholeFile(folder / "b.png"));
        wanted.seed += 1;
        sample(wanted, silent);
        CHECK(test::readWholeFile(folder / "a.png") != test::readWholeFile(folder / "b.png"));
        return text;
    };
    const std::vector<std::string> common = {"samples.png", "real.png",      "evolution.png",
                                             "losses.png",  "diversity.png", "nearest.png"};
    const auto with = [](std::vector<std::string> all, const std::string& more) {
        all.push_back(more);
        return all;
    };
    const std::vector<std::string> losses = {"train_loss_real", "train_loss_fake",
                                             "train_loss_generator", "train_accuracy",
                                             "validation_diversity"};
    check("sketch-gan", "default", losses, with(common, "accuracy.png"));
    CHECK_THAT(check("sketch-gan", "oscillation", losses, common), Contains("Oscillating loss"));
    CHECK_THAT(check("sketch-gan", "collapse", losses, common),
               Contains("Mode collapse") && Contains("never came to the point"));
    CHECK_THAT(check("sketch-gan", "uninformative", losses, common),
               Contains("Uninformative loss"));
    check("image-wgan", "default", {"train_critic_real", "train_critic_fake", "train_generator"},
          common);
    for (const auto largest : column(folder / "image-wgandefault", "train_largest_weight"))
        CHECK(largest <= 0.0100001);
    check("image-wgan-gp", "default", {"train_gradient_norm", "train_penalty"},
          with(common, "gradient.png"));
}

TEST_CASE("Adversaries that cannot be are refused before anything is written", "[imagegans]")
{
    test::TemporaryFolder folder;
    writeBars(folder / "bars.bin", 40);
    const auto refuses = [&](auto change, const std::string& word) {
        auto options = smallRun("sketch-gan", folder, "run");
        change(options);
        Progress silent;
        CHECK_THROWS_WITH(train(options, silent), Contains(word));
        CHECK_FALSE(fs::exists(folder / "run"));
    };
    refuses([](auto& o) { o.settings["size"] = "4"; }, "size");
    refuses([](auto& o) { o.settings["noise"] = "0"; }, "noise");
    refuses([](auto& o) { o.settings["generator_width"] = "0"; }, "generator_width");
    refuses([](auto& o) { o.settings["batch"] = "1"; }, "batch");
    refuses([](auto& o) { o.settings["class"] = "3"; }, "class");
    refuses([](auto& o) { o.recipe = "success"; }, "success");
}

TEST_CASE("Scores that swing at first and settle are shown once more from there on", "[imagegans]")
{
    if (!canDraw())
        return;
    test::TemporaryFolder folder;
    writeBars(folder / "bars.bin", 40);
    auto options = smallRun("image-wgan", folder, "run");
    options.epochs = 2;
    REQUIRE(test::trainInChild(options) == 0);

    // The log of a long run: 60 rows, whose first scores are as given.
    const auto reported = [&](double first) {
        const auto log = readLog(options.run / "log.csv");
        std::ofstream out(options.run / "log.csv");
        for (std::size_t c = 0; c < log.names.size(); ++c)
            out << (c > 0 ? "," : "") << log.names[c];
        for (int row = 0; row < 60; ++row)
            for (std::size_t c = 0; c < log.names.size(); ++c) {
                const auto& name = log.names[c];
                const auto value = name == "epoch"                          ? row + 1.0
                                   : name == "step"                         ? 2.0 * (row + 1)
                                   : name == "train_critic_real" && row < 3 ? first
                                                                            : 0.1 * (row % 5);
                out << (c > 0 ? "," : "\n") << value;
            }
        out << "\n";
        out.close();
        Progress silent;
        ReportOptions asked;
        asked.model = options.run;
        asked.output = folder / "report";
        report(asked, silent);
        return test::readWholeFile(asked.output / "report.md");
    };
    CHECK_THAT(reported(-7.0), Contains("(losses.png)") && Contains("(losses-settled.png)"));
    CHECK_THAT(reported(0.3), Contains("(losses.png)") && !Contains("settled"));
}

TEST_CASE("A judge of digits judges the digits of adversaries, and no other images", "[imagegans]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 60);
    TrainOptions judge;
    judge.what = "digit-classifier";
    judge.data = folder / "digits";
    judge.run = folder / "judge";
    judge.device = test::testDevice();
    judge.epochs = 1;
    REQUIRE(test::trainInChild(judge) == 0);
    auto options = smallRun("sketch-gan", folder, "gan");
    options.data = folder / "digits";
    options.epochs = 1;
    options.settings["size"] = "28";
    REQUIRE(test::trainInChild(options) == 0);
    Progress silent;
    EvaluateOptions asked;
    asked.model = options.run;
    asked.data = options.data;
    const auto evaluation = evaluateJudged(asked, judge.run, silent);
    const auto judged = nlohmann::json::parse(evaluation.json);
    CHECK(judged["frechet_distance"].get<double>() > judged["frechet_floor"].get<double>());

    // This judge has seen each digit five times and guesses; its distances went unquestioned.
    REQUIRE(judged["judge_accuracy"].get<double>() < 0.95);
    CHECK_THAT(evaluation.table, Contains("the judge's accuracy"));
    REQUIRE(evaluation.warnings.size() == 1);
    CHECK_THAT(evaluation.warnings[0],
               Contains("below 95 % its distances say little") && Contains("digit-classifier"));
    CHECK(judged["warnings"][0] == evaluation.warnings[0]);
    CHECK_THAT(evaluateJudged(asked, {}, silent).table, Contains("--judge"));

    options.settings["size"] = "16";
    options.run = folder / "small";
    REQUIRE(test::trainInChild(options) == 0);
    asked.model = options.run;
    CHECK_THROWS_WITH(evaluateJudged(asked, judge.run, silent), Contains("28 x 28"));
}
