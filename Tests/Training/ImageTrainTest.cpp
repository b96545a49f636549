// Image models from files to bundle, report and samples, on sets that the test writes.

#include "ChildRuns.h"
#include "ImageFiles.h"
#include "RunOptions.h"
#include "Support/Paths.h"
#include "Training/Evaluation/Judged.h"
#include "Training/Report/LogTable.h"
#include "Training/Report/Pictures.h"
#include "Training/Training.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <stb/stb_image.h>

#include <memory>
#include <set>

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

namespace
{

namespace fs = std::filesystem;

/** Ten classes of small colour pictures with test images of their own. */
void writeColours(const fs::path& folder, int each)
{
    for (int label = 0; label < 10; ++label)
        for (int i = 0; i < each; ++i) {
            const auto name = std::to_string(label) + "/" + std::to_string(i) + ".png";
            test::writePng(folder / "train" / name, 32, 32, 3, test::flatColour(32, label, i));
            if (i < 2)
                test::writePng(folder / "test" / name, 32, 32, 3,
                               test::flatColour(32, label, i + 3));
        }
}

std::vector<double> column(const fs::path& run, const std::string& name)
{
    const auto log = readLog(run / "log.csv");
    const auto* values = log.column(name);
    REQUIRE(values != nullptr);
    return *values;
}

/** Colours in a picture; a blank one has one. */
std::size_t coloursOf(const fs::path& file)
{
    const auto bytes = test::readWholeFile(file);
    int width = 0, height = 0, channels = 0;
    const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
        stbi_load_from_memory(reinterpret_cast<const stbi_uc*>(bytes.data()),
                              static_cast<int>(bytes.size()), &width, &height, &channels, 3),
        stbi_image_free);
    INFO(file);
    REQUIRE(pixels != nullptr);
    std::set<int> colours;
    for (int i = 0; i < width * height; ++i)
        colours.insert(pixels.get()[3 * i] << 16 | pixels.get()[3 * i + 1] << 8 |
                       pixels.get()[3 * i + 2]);
    return colours.size();
}

void checkReport(const fs::path& run, const fs::path& folder,
                 const std::vector<std::string>& pictures)
{
    ReportOptions options;
    options.model = run;
    options.output = folder;
    Progress silent;
    const auto files = report(options, silent);
    for (const auto& file : files)
        CHECK(fs::exists(file));
    if (!canDraw())
        return;
    const auto text = test::readWholeFile(folder / "report.md");
    for (const auto& name : pictures) {
        INFO(name);
        REQUIRE(fs::exists(folder / name));
        CHECK(coloursOf(folder / name) > 20);
        CHECK_THAT(text, Contains("(" + name + ")"));
    }
}

void checkSample(const fs::path& run, const fs::path& folder)
{
    SampleOptions options;
    options.model = run;
    options.output = folder / "a.png";
    options.count = 6;
    Progress silent;
    sample(options, silent);
    CHECK(coloursOf(options.output) > 1);
    options.output = folder / "b.png";
    sample(options, silent);
    CHECK(test::readWholeFile(folder / "a.png") == test::readWholeFile(folder / "b.png"));
}

} // namespace

TEST_CASE("An autoencoder learns a few digits by heart and reports on them", "[imagetrain]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 40);
    auto options = test::runOptions("digit-autoencoder", folder / "digits", folder / "run");
    options.epochs = 30;
    options.settings = {{"batch", "18"}, {"rate", "0.003"}};
    Progress silent;
    const auto result = train(options, silent);
    CHECK(result.epochs == 30);
    const auto losses = column(options.run, "train_loss");
    CHECK(losses.back() < 0.5 * losses.front());
    CHECK(fs::exists(options.run / "samples" / "epoch-0020.png"));
    const auto metadata = bundle::readMetadata(result.bundle);
    CHECK(metadata.kind == "digit-autoencoder");
    const auto provenance = nlohmann::json::parse(metadata.provenance);
    CHECK(provenance["split"]["train"] == 36);
    CHECK(provenance["data"]["files"].size() == 4);
    CHECK(provenance["settings"]["batch"] == "18");

    checkReport(options.run, folder / "report",
                {"reconstructions.png", "latent.png", "random-places.png", "gaps.png", "grid.png",
                 "losses.png"});
    checkSample(options.run, folder.path());
}

TEST_CASE("A variational autoencoder's loss is its weighted error plus its divergence",
          "[imagetrain]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 20);
    auto options = test::runOptions("digit-vae", folder / "digits", folder / "run");
    options.epochs = 3;
    options.settings = {{"reconstruction_weight", "100"}};
    Progress silent;
    train(options, silent);
    const auto loss = column(options.run, "validation_loss").back();
    const auto error = column(options.run, "validation_reconstruction").back();
    const auto divergence = column(options.run, "validation_divergence").back();
    CHECK(divergence >= 0.0);
    CHECK(loss == Approx(100.0 * error + divergence).epsilon(1e-4));
    checkReport(
        options.run, folder / "report",
        {"reconstructions.png", "latent.png", "latent-share.png", "samples.png", "grid.png"});
    checkSample(options.run, folder.path());

    // The judge, and the figures of both.
    auto judge = test::runOptions("digit-classifier", folder / "digits", folder / "judge");
    judge.epochs = 2;
    train(judge, silent);
    EvaluateOptions evaluation;
    evaluation.model = options.run;
    evaluation.data = folder / "digits";
    const auto figures = nlohmann::json::parse(evaluateJudged(evaluation, judge.run, silent).json);
    CHECK(figures["frechet_distance"].get<double>() > figures["frechet_floor"].get<double>());
    CHECK(figures["reconstruction_error"].get<double>() > 0.0);
    CHECK(figures["images"] == 20);
    CHECK_THROWS_WITH(evaluateJudged(evaluation, options.run, silent),
                      Contains("not by digit-classifier"));
}

TEST_CASE("Classifiers learn a few pictures by heart", "[imagetrain]")
{
    test::TemporaryFolder folder;
    writeColours(folder / "colours", 4);
    Progress silent;
    for (const std::string what : {"cifar-mlp", "cifar-cnn"}) {
        INFO(what);
        auto options = test::runOptions(what, folder / "colours", folder / what);
        options.epochs = what == "cifar-mlp" ? 40 : 12;
        options.settings = {{"batch", "12"}, {"rate", "0.002"}};
        train(options, silent);
        CHECK(column(options.run, "train_accuracy").back() > 0.9);
        EvaluateOptions evaluation;
        evaluation.model = options.run;
        evaluation.data = folder / "colours";
        evaluation.split = "train";
        const auto figures = nlohmann::json::parse(evaluate(evaluation, silent).json);
        CHECK(figures["images"] == 36);
        // Batch norms remember the beginning for hundreds of steps, so the other is not yet itself.
        if (what == "cifar-mlp")
            CHECK(figures["accuracy"].get<double>() > 0.5);
    }
    checkReport(
        folder / "cifar-cnn", folder / "report",
        {"predictions.png", "confusion.png", "losses.png", "accuracy.png", "convolution.png"});
    const auto text = test::readWholeFile(folder / "report" / "report.md");
    CHECK_THAT(text, Contains("2.3, on its negative -2.3"));
    CHECK_THAT(text, Contains("classes balanced"));
    checkSample(folder / "cifar-mlp", folder.path());
}

TEST_CASE("Faces are told in 200 numbers, with persons held out whole", "[imagetrain]")
{
    test::TemporaryFolder folder;
    for (int person = 1; person <= 10; ++person)
        for (int i = 0; i < 2; ++i)
            test::writePng(
                folder / ("faces/s" + std::to_string(person) + "/" + std::to_string(i) + ".png"),
                32, 32, 3, test::flatColour(32, person, i));
    auto options = test::runOptions("face-vae", folder / "faces", folder / "run");
    options.epochs = 4;
    options.settings = {{"batch", "8"}};
    Progress silent;
    train(options, silent);
    const auto losses = column(options.run, "train_loss");
    CHECK(losses.back() < losses.front());
    const auto split = nlohmann::json::parse(test::readWholeFile(options.run / "split.json"));
    CHECK(split["test_classes"].size() == 1);
    CHECK(split["validation_classes"].size() == 1);
    CHECK(split["test_classes"] != split["validation_classes"]);
    checkReport(
        options.run, folder / "report",
        {"reconstructions.png", "latent.png", "samples.png", "arithmetic-1.png", "losses.png"});
    checkSample(options.run, folder.path());
}

TEST_CASE("A run of images that was stopped goes on to the very same weights", "[imagetrain]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 24);
    writeColours(folder / "colours", 2);
    Progress silent;
    for (const std::string what : {"digit-vae", "cifar-cnn"}) {
        INFO(what);
        auto whole = test::runOptions(what, folder / (what == "cifar-cnn" ? "colours" : "digits"),
                                      folder / (what + "-whole"));
        whole.epochs = 3;
        whole.settings = {{"batch", "4"}};
        train(whole, silent);
        auto part = whole;
        part.run = folder / (what + "-part");
        part.epochs = 1;
        train(part, silent);
        TrainOptions rest;
        rest.run = part.run;
        rest.resume = true;
        rest.epochs = 3;
        train(rest, silent);
        test::checkSameResult(whole.run, part.run);
        if (what == "digit-vae")
            CHECK(test::readWholeFile(whole.run / "samples" / "epoch-0002.png") ==
                  test::readWholeFile(part.run / "samples" / "epoch-0002.png"));
    }
}

TEST_CASE("Another seed gives other weights", "[imagetrain]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 12);
    Progress silent;
    auto one = test::runOptions("digit-autoencoder", folder / "digits", folder / "one");
    one.epochs = 1;
    auto other = one;
    other.run = folder / "other";
    other.seed = 5;
    train(one, silent);
    train(other, silent);
    const auto first = bundle::readBundle(one.run / "model.organum");
    const auto second = bundle::readBundle(other.run / "model.organum");
    CHECK(first.tensors.at("encoder.mean.weight").bytes !=
          second.tensors.at("encoder.mean.weight").bytes);
}

TEST_CASE("What an image model cannot do is said in words", "[imagetrain]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 12);
    Progress silent;
    auto options = test::runOptions("digit-autoencoder", folder / "digits", folder / "run");
    options.split = folder / "split.json";
    CHECK_THROWS_WITH(train(options, silent), Contains("--split"));
    options.split.clear();
    options.settings = {{"nonsense", "1"}};
    CHECK_THROWS_WITH(train(options, silent), Contains("nonsense"));
    CHECK_FALSE(fs::exists(options.run));
    SampleOptions sampled;
    sampled.model = folder.path();
    CHECK_THROWS_WITH(sample(sampled, silent), Contains("organum generate"));
    for (const auto& model : list())
        if (model.name == "face-vae") {
            CHECK(model.bookSection == "3.3");
            CHECK_THAT(model.size, Contains("1,732,944"));
            CHECK_THAT(model.example, Contains("organum train face-vae"));
        }
}
