// What reports on image models state: the numbers of layers, the epochs, what was learnt from; and
// that a lesson of the book is told only of a run that shows it.

#include "Bundle/Bundle.h"
#include "ImageFiles.h"
#include "RunOptions.h"
#include "Support/Paths.h"
#include "Training/Evaluation/Judged.h"
#include "Training/Loop/Progress.h"
#include "Training/OptionError.h"
#include "Training/Report/Pictures.h"
#include "Training/Training.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

namespace
{

namespace fs = std::filesystem;

TrainOptions optionsFor(const std::string& what, const fs::path& data, const fs::path& run)
{
    return test::runOptions(what, data, run, 2);
}

/** A GAN of eight pixels a side, of which a step takes some milliseconds. */
TrainOptions smallGan(const fs::path& data, const fs::path& run)
{
    auto options = optionsFor("sketch-gan", data, run);
    options.settings = {{"size", "8"},        {"generator_width", "8"}, {"critic_width", "8"},
                        {"epoch_steps", "2"}, {"batch", "8"},           {"noise", "8"}};
    return options;
}

std::string reportOf(const fs::path& run, const fs::path& folder)
{
    ReportOptions options;
    options.model = run;
    options.output = folder;
    Progress silent;
    report(options, silent);
    return test::readWholeFile(folder / "report.md");
}

void writeFaces(const fs::path& folder)
{
    for (int person = 1; person <= 10; ++person)
        for (int i = 0; i < 2; ++i)
            test::writePng(folder /
                               ("s" + std::to_string(person) + "/" + std::to_string(i) + ".png"),
                           32, 32, 3, test::flatColour(32, person, i));
}

/** A log of adversaries whose generator has these losses at these distances; `other` is how far
    its images are from each other. */
void writeLog(const fs::path& run, const std::vector<double>& losses,
              const std::vector<double>& distances, const std::vector<double>& other)
{
    std::string text = "epoch,step,train_loss_generator,validation_diversity,validation_nearest\n";
    for (std::size_t i = 0; i < losses.size(); ++i)
        text += std::to_string(i + 1) + "," + std::to_string(2 * (i + 1)) + "," +
                std::to_string(losses[i]) + "," + std::to_string(other[i]) + "," +
                std::to_string(distances[i]) + "\n";
    test::writeBytes(run / "log.csv", text);
}

} // namespace

TEST_CASE("A report on images counts parameters as Keras does and shows what was learnt from",
          "[imagereport]")
{
    test::TemporaryFolder folder;
    for (int label = 0; label < 10; ++label)
        for (int i = 0; i < 3; ++i)
            test::writePng(folder / "colours" / std::to_string(label) /
                               (std::to_string(i) + ".png"),
                           32, 32, 3, test::flatColour(32, label, i));
    test::writeDigits(folder / "digits", 20);
    writeFaces(folder / "faces");
    Progress silent;
    const auto told = [&](const std::string& what, const std::string& data) {
        train(optionsFor(what, folder / data, folder / what), silent);
        return reportOf(folder / what, folder / (what + "-report"));
    };
    const auto cnn = told("cifar-cnn", "colours");
    CHECK_THAT(cnn, Contains("592554 parameters, 591914 of them trainable"));
    CHECK_THAT(cnn, Contains("BatchNorm2d | 128 |"));
    CHECK_THAT(told("cifar-mlp", "colours"), Contains("646260 parameters"));
    const auto digits = told("digit-autoencoder", "digits");
    CHECK_THAT(digits, Contains("encoder has 98946") && Contains("decoder has 102017"));
    const auto faces = told("face-vae", "faces");
    CHECK_THAT(faces, Contains("encoder has 1732944") && Contains("decoder has 917123"));
    train(smallGan(folder / "digits", folder / "gan"), silent);
    CHECK_THAT(reportOf(folder / "gan", folder / "gan-report"),
               Contains("generator has") && Contains("critic has") && Contains("train loss"));
    if (!canDraw())
        return;
    CHECK_THAT(cnn, Contains("(real.png)"));
    CHECK_THAT(faces, Contains("(real.png)"));
    CHECK(fs::exists(folder / "face-vae-report" / "real.png"));
}

TEST_CASE("The last of the pictures of how images came to be is of the weights that are reported",
          "[imagereport]")
{
    // A run of three epochs has sheets of the first two, and samples.png, of the third, showed
    // blobs where the last of the sheets showed drawings.
    if (!canDraw())
        return;
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 20);
    Progress silent;
    auto options = smallGan(folder / "digits", folder / "gan");
    const auto width = [&](std::int64_t epochs) {
        options.epochs = epochs;
        options.run = folder / ("gan" + std::to_string(epochs));
        train(options, silent);
        const auto report = folder / ("report" + std::to_string(epochs));
        reportOf(options.run, report);
        const auto png = test::readWholeFile(report / "evolution.png");
        REQUIRE(png.size() > 24);
        CHECK_FALSE(fs::exists(report / "epoch-0003.png"));
        return static_cast<unsigned char>(png[18]) << 8 | static_cast<unsigned char>(png[19]);
    };
    CHECK(width(3) > width(2) + 200); // a sheet more in the row
}

TEST_CASE("Of few epochs a report shows all, of many the first, the one kept and the last",
          "[imagereport]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 20);
    Progress silent;
    auto options = optionsFor("digit-vae", folder / "digits", folder / "run");
    options.epochs = 3;
    train(options, silent);
    auto text = reportOf(options.run, folder / "report");
    for (const auto* row : {"\n| 1 | ", "\n| 2 | ", "\n| 3 | "})
        CHECK_THAT(text, Contains(row));

    const auto provenance =
        nlohmann::json::parse(bundle::readMetadata(options.run / "model.organum").provenance);
    const auto kept = std::to_string(provenance["epoch"].get<int>());
    std::string log = "epoch,train_loss\n";
    for (int epoch = 1; epoch <= 40; ++epoch)
        log += std::to_string(epoch) + ",0." + std::to_string(100 + epoch) + "\n";
    test::writeBytes(options.run / "log.csv", log);
    text = reportOf(options.run, folder / "report");
    CHECK_THAT(text, Contains("first of 40") && Contains("log.csv"));
    CHECK_THAT(text, Contains("\n| 1 | 0.101 |") && Contains("\n| " + kept + " | 0.10" + kept) &&
                         Contains("\n| 40 | 0.14 |"));
    CHECK_THAT(text, !Contains("\n| 20 | "));
}

TEST_CASE("A lesson of the book is told of a run that shows it alone", "[imagereport]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 20);
    Progress silent;
    const auto told = [&](const std::string& recipe, const std::vector<double>& losses,
                          const std::vector<double>& distances) {
        auto options = smallGan(folder / "digits", folder / recipe);
        options.recipe = recipe;
        options.settings["critic_until"] = recipe == "collapse" ? "8" : "0";
        if (!fs::exists(options.run))
            train(options, silent);
        writeLog(options.run, losses, distances, distances);
        return reportOf(options.run, folder / (recipe + "-report"));
    };
    const std::vector<double> near = {0.5, 0.4, 0.4, 0.3, 0.3, 0.2, 0.2, 0.1};
    const std::vector<double> away(near.rbegin(), near.rend());
    const std::vector<double> calm = {9.0, 0.1, 5.0, 0.8, 0.7, 0.72, 0.69, 0.71};
    const std::vector<double> wild = {0.7, 0.7, 0.7, 0.7, 0.2, 3.0, 0.3, 4.0};
    CHECK_THAT(told("oscillation", wild, near), Contains("swings between 0.20 and 4.00"));
    CHECK_THAT(told("oscillation", calm, near), Contains("this run does not show it"));
    const std::vector<double> rising = {1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7};
    const std::vector<double> falling(rising.rbegin(), rising.rend());
    CHECK_THAT(told("uninformative", rising, near),
               Contains("the loss rose while the drawings came nearer"));
    CHECK_THAT(told("uninformative", falling, near), Contains("this run does not show it"));
    CHECK_THAT(told("uninformative", rising, away), Contains("this run does not show it"));
    // The critic stops at step 8, in the fourth row.
    CHECK_THAT(told("collapse", rising, near), Contains("fell from 0.300") && Contains("to 0.100"));
    CHECK_THAT(told("collapse", rising, away), Contains("did not collapse"));
}

TEST_CASE("Adversaries learn from all images that do not judge them", "[imagereport]")
{
    test::TemporaryFolder folder;
    std::string drawings;
    for (int i = 0; i < 40; ++i)
        drawings += test::bar(i % 10, i / 10);
    test::writeBytes(folder / "bars.bin", drawings);
    Progress silent;
    const auto options = smallGan(folder / "bars.bin", folder / "run");
    train(options, silent);
    const auto file = options.run / "split.json";
    auto split = nlohmann::json::parse(test::readWholeFile(file));
    CHECK(split["train"] == 36);
    CHECK(split["validation"] == 0);
    CHECK_THAT(reportOf(options.run, folder / "report"), Contains("nearest of 36 images"));

    // A run of an earlier version, whose validation images are no training images today either.
    split["train"] = 32;
    split["validation"] = 4;
    test::writeBytes(file, split.dump());
    auto bundle = bundle::readBundle(options.run / "model.organum");
    auto provenance = nlohmann::json::parse(bundle.metadata.provenance);
    provenance["split"]["train"] = 32;
    provenance["split"]["validation"] = 4;
    bundle.metadata.provenance = provenance.dump();
    bundle::writeBundle(options.run / "model.organum", bundle);
    CHECK_THAT(reportOf(options.run, folder / "report"), Contains("nearest of 32 images"));
    TrainOptions rest;
    rest.run = options.run;
    rest.resume = true;
    rest.epochs = 3;
    CHECK(train(rest, silent).epochs == 3);
}

TEST_CASE("A class without test images has no share of right answers", "[imagereport]")
{
    test::TemporaryFolder folder;
    for (int label = 0; label < 4; ++label)
        for (int i = 0; i < 4; ++i) {
            const auto name = std::to_string(label) + "/" + std::to_string(i) + ".png";
            test::writePng(folder / "set/train" / name, 32, 32, 3, test::flatColour(32, label, i));
            if (label != 2)
                test::writePng(folder / "set/test" / name, 32, 32, 3,
                               test::flatColour(32, label, i));
        }
    Progress silent;
    train(optionsFor("cifar-mlp", folder / "set", folder / "run"), silent);
    const auto text = reportOf(folder / "run", folder / "report");
    CHECK_THAT(text, Contains("\n| 2 | 0 | - |") && !Contains("\n| 1 | 4 | - |"));
}

TEST_CASE("Models without figures are said to have none", "[imagereport]")
{
    test::TemporaryFolder folder;
    writeFaces(folder / "faces");
    Progress silent;
    train(optionsFor("face-vae", folder / "faces", folder / "face-vae"), silent);
    auto counted = optionsFor("wrodl-naive-bayes", {}, folder / "wrodl-naive-bayes");
    counted.epochs = 0;
    counted.device = "auto"; // counting knows no other than the CPU
    train(counted, silent);
    for (const std::string what : {"face-vae", "wrodl-naive-bayes"}) {
        EvaluateOptions options;
        options.model = folder / what;
        options.data = folder / "faces";
        CHECK_THROWS_WITH(evaluate(options, silent),
                          Contains("no figures") && Contains(what) && Contains("organum report"));
    }
}

TEST_CASE("A run says on which device it computed", "[imagereport]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 12);
    auto options = optionsFor("digit-vae", folder / "digits", folder / "run");
    options.device = "auto";
    Progress silent;
    train(options, silent);
    const auto config = nlohmann::json::parse(test::readWholeFile(options.run / "config.json"));
    CHECK_THAT(config["device"].get<std::string>(), Catch::Matchers::Matches("cpu|cuda.*"));
}

TEST_CASE("Images are not asked for what only music has", "[imagereport]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 20);
    Progress silent;
    train(optionsFor("digit-classifier", folder / "digits", folder / "run"), silent);
    const auto refuses = [&](auto change, const std::string& option, const fs::path& judge = {}) {
        EvaluateOptions options;
        options.model = folder / "run";
        options.data = folder / "digits";
        change(options);
        INFO(option);
        CHECK_THROWS_AS(evaluateJudged(options, judge, silent), OptionError);
        CHECK_THROWS_WITH(evaluateJudged(options, judge, silent), Contains(option));
    };
    refuses([](auto& o) { o.parts = "melody"; }, "--parts");
    refuses([](auto& o) { o.baselines = false; }, "--no-baselines");
    refuses([](auto& o) { o.bootstrapDraws = 0; }, "--bootstrap");
    refuses([](auto&) {}, "--judge", folder / "nowhere");
    ReportOptions options;
    options.model = folder / "run";
    options.output = folder / "report";
    options.bars = 8;
    CHECK_THROWS_WITH(report(options, silent), Contains("--bars"));
    CHECK_FALSE(fs::exists(options.output));
}
