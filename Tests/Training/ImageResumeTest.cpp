// Image runs that go on, or are judged, after something has happened to their data or their folder.

#include "ChildRuns.h"
#include "ImageFiles.h"
#include "RunOptions.h"
#include "Support/Paths.h"
#include "Training/OptionError.h"
#include "Training/Training.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sys/stat.h>

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

namespace
{

namespace fs = std::filesystem;

TrainOptions optionsFor(const std::string& what, const fs::path& data, const fs::path& run)
{
    auto options = test::runOptions(what, data, run, 1);
    options.settings = {{"batch", "4"}};
    return options;
}

TrainOptions goingOn(const fs::path& run, std::int64_t epochs = 2)
{
    TrainOptions options;
    options.run = run;
    options.resume = true;
    options.epochs = epochs;
    return options;
}

/** Digits in folders of pictures, one a class, without test images of their own. */
void writePictures(const fs::path& folder, int each, int classes = 2, char corner = 0)
{
    for (int label = 0; label < classes; ++label)
        for (int i = 0; i < each; ++i) {
            auto pixels = test::bar(label, i);
            pixels[0] = corner;
            test::writePng(folder / std::to_string(label) / (std::to_string(i) + ".png"), 28, 28, 1,
                           pixels);
        }
}

/** 24 digits, and a run of one epoch that has learnt from them. */
struct DigitsRun
{
    explicit DigitsRun(const std::string& what, std::int64_t epochs = 1)
    {
        test::writeDigits(digits, 24);
        auto options = optionsFor(what, digits, run);
        options.epochs = epochs;
        Progress silent;
        train(options, silent);
    }

    TrainResult goOn(std::int64_t epochs = 2) const
    {
        Progress silent;
        return train(goingOn(run, epochs), silent);
    }

    const test::TemporaryFolder folder;
    const fs::path digits = folder / "digits";
    const fs::path run = folder / "run";
};

Evaluation evaluated(const fs::path& run, const fs::path& data, const std::string& split = "test")
{
    EvaluateOptions options;
    options.model = run;
    options.data = data;
    options.split = split;
    Progress silent;
    return evaluate(options, silent);
}

} // namespace

// First of all: it starts a process, which one that has computed on CUDA cannot do.
TEST_CASE("A checkpoint of epochs of another length is refused and not waited for", "[imageresume]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 24);
    Progress silent;
    auto options = optionsFor("digit-vae", folder / "digits", folder / "run");
    options.epochs = 100000;
    CHECK(test::signalled(options, SIGINT, std::chrono::milliseconds(2)) == interruptedExitCode);
    const auto config = options.run / "config.json";
    auto json = nlohmann::json::parse(test::readWholeFile(config));
    json["settings"]["batch"] = "16";
    test::writeBytes(config, json.dump());
    CHECK_THROWS_WITH(train(goingOn(options.run), silent),
                      Contains("last.pt") && Contains("an epoch has 2 steps now"));
}

TEST_CASE("A run does not go on with other images than it began with", "[imageresume]")
{
    const DigitsRun begun("digit-vae");
    const auto &digits = begun.digits, &run = begun.run;
    const auto refused = [&](const std::string& reason) {
        const auto before = test::readWholeFile(run / "model.organum");
        CHECK_THROWS_WITH(begun.goOn(), Contains(run.string()) && Contains(digits.string()) &&
                                            Contains(reason) && Contains("another --run"));
        CHECK(test::readWholeFile(run / "model.organum") == before);
    };
    const auto images = digits / "train-images-idx3-ubyte";
    const auto whole = test::readWholeFile(images);

    auto inverted = whole; // the same number of images, all pixels changed
    for (std::size_t i = 16; i < inverted.size(); ++i)
        inverted[i] = static_cast<char>(~inverted[i]);
    test::writeBytes(images, inverted);
    refused("train-images-idx3-ubyte has another content");
    test::writeDigits(digits, 12); // fewer
    refused("has another content");
    test::writeDigits(digits, 24);
    fs::remove(digits / "t10k-labels-idx1-ubyte");
    refused("t10k-labels-idx1-ubyte is gone");
    test::writeDigits(digits, 24);

    // Runs of earlier versions have no hashes in split.json: the bundle's decide, or else counts.
    auto split = nlohmann::json::parse(test::readWholeFile(run / "split.json"));
    split.erase("files");
    split.erase("shape");
    test::writeBytes(run / "split.json", split.dump());
    test::writeBytes(images, inverted);
    refused("has another content");
    fs::rename(run / "model.organum", run / "elsewhere");
    test::writeDigits(digits, 12);
    CHECK_THROWS_WITH(begun.goOn(), Contains("instead of"));
    fs::rename(run / "elsewhere", run / "model.organum");

    test::writeDigits(digits, 24);
    CHECK(begun.goOn().epochs == 2);
}

TEST_CASE("A model is not judged by data that has grown since it learnt", "[imageresume]")
{
    test::TemporaryFolder folder;
    const auto data = folder / "pictures", run = folder / "run";
    writePictures(data, 20);
    Progress silent;
    auto options = optionsFor("digit-classifier", data, run);
    train(options, silent);
    const auto before = evaluated(run, data);
    CHECK_THAT(before.table, Contains("4 images") && !Contains("other files"));
    test::writePng(data / "1/20.png", 28, 28, 1, test::bar(1, 20));
    CHECK_THROWS_WITH(evaluated(run, data),
                      Contains("no longer what") && Contains("20.png") && Contains("--data"));
    ReportOptions report;
    report.model = run;
    report.output = folder / "report";
    CHECK_THROWS_WITH(training::report(report, silent), Contains("no longer what"));
    CHECK_FALSE(fs::exists(report.output));

    // Other images may judge, all of them, and it says so.
    writePictures(folder / "others", 7, 2, 9);
    const auto others = evaluated(run, folder / "others");
    CHECK_THAT(others.table, Contains("14 images") && Contains("other files than it learnt from") &&
                                 Contains("all 14 images in others are the test"));
    CHECK_THAT(nlohmann::json::parse(others.json)["share"].get<std::string>(),
               Contains("other files"));
    CHECK_THROWS_WITH(evaluated(run, folder / "others", "train"), Contains("learnt from none"));
    report.data = folder / "others";
    CHECK_THROWS_WITH(training::report(report, silent), Contains("--data"));
    writePictures(folder / "more", 4, 3, 9);
    CHECK_THROWS_WITH(evaluated(run, folder / "more"), Contains("0, 1, 2 instead of 0, 1"));

    writePictures(folder / "half", 7);
    CHECK_THROWS_WITH(evaluated(run, folder / "half"), Contains("some of the images"));

    // A copy elsewhere is the same data.
    fs::remove(data / "1/20.png");
    fs::copy(data, folder / "copy", fs::copy_options::recursive);
    CHECK(evaluated(run, folder / "copy").table == before.table);
}

TEST_CASE("A run whose first epoch has not ended says so", "[imageresume]")
{
    const DigitsRun begun("digit-autoencoder");
    const auto& folder = begun.folder;
    const auto& run = begun.run;
    Progress silent;
    for (const auto* name : {"log.csv", "model.organum", "checkpoints/last.pt"})
        fs::remove(run / name);
    const auto says = [&](const auto& call) {
        CHECK_THROWS_WITH(call(), Contains(run.string()) && Contains("first epoch has not ended") &&
                                      Contains("--resume"));
    };
    ReportOptions report;
    report.model = run;
    report.output = folder / "report";
    says([&] { training::report(report, silent); });
    SampleOptions sampled;
    sampled.model = run;
    sampled.output = folder / "s.png";
    says([&] { sample(sampled, silent); });
    says([&] { evaluated(run, begun.digits); });
    CHECK(begun.goOn(1).epochs == 1);
    sampled.output = folder / "s.jpg";
    CHECK_THROWS_AS(sample(sampled, silent), OptionError);
    CHECK_FALSE(fs::exists(sampled.output));
}

TEST_CASE("A run that fails in its first epoch leaves nothing in the way", "[imageresume]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 24);
    Progress silent;
    auto options = optionsFor("digit-vae", folder / "digits", folder / "run");
    options.settings["rate"] = "1000000000";
    options.settings["reconstruction_weight"] = "1000000000";
    for (int time = 0; time < 2; ++time)
        CHECK_THROWS_WITH(train(options, silent), Contains("diverged"));
    CHECK_FALSE(fs::exists(options.run));
    fs::create_directories(options.run); // the user's own folder stays
    CHECK_THROWS_WITH(train(options, silent), Contains("diverged"));
    CHECK(fs::is_empty(options.run));
}

TEST_CASE("A run whose record of the split cannot be read says which file that is", "[imageresume]")
{
    const DigitsRun begun("digit-vae");
    const auto split = begun.run / "split.json";
    const auto refused = [&](const std::string& reason) {
        CHECK_THROWS_WITH(begun.goOn(), Contains(split.string()) && Contains(reason) &&
                                            Contains("another --run"));
    };
    fs::remove(split);
    refused("No such file");
    REQUIRE(::mkfifo(split.c_str(), 0600) == 0); // reading it would wait for a writer
    refused("pipe");
    fs::remove(split);
    test::writeBytes(split, "[]");
    refused("no JSON object");
}

TEST_CASE("A run in which pipes stand for files says so and waits for nobody", "[imageresume]")
{
    const DigitsRun begun("digit-vae");
    for (const std::string name : {"config.json", "log.csv", "checkpoints/last.pt"}) {
        INFO(name);
        const auto file = begun.run / name;
        fs::rename(file, begun.folder / "kept");
        REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
        CHECK_THROWS_WITH(begun.goOn(), Contains(file.string()) && Contains("it is a pipe"));
        fs::remove(file);
        fs::rename(begun.folder / "kept", file);
    }
    CHECK(begun.goOn().epochs == 2);
}

TEST_CASE("A run whose seed was changed does not go on: it would learn from its own test images",
          "[imageresume]")
{
    const DigitsRun begun("digit-vae");
    const auto file = begun.run / "config.json";
    const auto config = test::readWholeFile(file);
    auto json = nlohmann::json::parse(config);
    const auto seed = json["seed"].get<int>();
    json["seed"] = seed + 1;
    test::writeBytes(file, json.dump());
    CHECK_THROWS_WITH(begun.goOn(), Contains("seed " + std::to_string(seed)) &&
                                        Contains(std::to_string(seed + 1)) &&
                                        Contains("config.json"));
    test::writeBytes(file, config);
    CHECK(begun.goOn().epochs == 2);
}

TEST_CASE("A run does not settle on another program's files", "[imageresume]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 24);
    Progress silent;
    for (const std::string name : {"log.csv", "split.json", "model.organum"}) {
        const auto run = folder / ("own-" + name);
        test::writeBytes(run / name, "my own");
        CHECK_THROWS_WITH(train(optionsFor("digit-vae", folder / "digits", run), silent),
                          Contains(run.string()) && Contains(name));
        CHECK(test::readWholeFile(run / name) == "my own");
    }
    test::writeBytes(folder / "file", "a file");
    CHECK_THROWS_WITH(
        train(optionsFor("digit-vae", folder / "no such data", folder / "file/run"), silent),
        Contains("is no folder"));
}

TEST_CASE("A bundle that is gone is written again when its run goes on", "[imageresume]")
{
    test::TemporaryFolder folder;
    test::writeDigits(folder / "digits", 24);
    Progress silent;
    for (const std::string what : {"digit-vae", "sketch-gan"}) {
        INFO(what);
        auto options = optionsFor(what, folder / "digits", folder / what);
        if (what == "sketch-gan")
            options.settings = {{"epoch_steps", "1"},
                                {"generator_width", "4"},
                                {"critic_width", "4"},
                                {"batch", "2"}};
        options.epochs = 2;
        const auto first = train(options, silent);
        const auto before = bundle::readBundle(first.bundle);
        fs::remove(first.bundle);
        const auto again = train(goingOn(options.run), silent);
        REQUIRE(fs::exists(again.bundle));
        CHECK(again.bestEpoch == 2);
        const auto after = bundle::readBundle(again.bundle);
        if (first.bestEpoch == 2)
            for (const auto& [name, tensor] : before.tensors)
                CHECK(tensor.bytes == after.tensors.at(name).bytes);
        const auto provenance = nlohmann::json::parse(after.metadata.provenance);
        CHECK(provenance["epoch"] == 2);
        CHECK_FALSE(provenance["metrics"]["validation"].empty());
    }
}

TEST_CASE("A damaged checkpoint is refused by name, one of earlier versions is not",
          "[imageresume]")
{
    const DigitsRun begun("digit-vae");
    const auto file = begun.run / "checkpoints/last.pt";
    const auto whole = test::readWholeFile(file);
    for (const auto place : {whole.size() / 2, whole.size() / 3, whole.size() - 20}) {
        auto damaged = whole;
        damaged[place] = static_cast<char>(damaged[place] ^ 64);
        test::writeBytes(file, damaged);
        CHECK_THROWS_WITH(begun.goOn(), Contains("last.pt") && Contains("damaged"));
    }
    test::writeBytes(file, whole.substr(0, whole.size() / 2));
    CHECK_THROWS_WITH(begun.goOn(), Contains("last.pt"));
    test::writeBytes(file, whole.substr(0, whole.rfind("\norganum sha256 ")));
    CHECK(begun.goOn().epochs == 2);
}

TEST_CASE("A log that has lost rows gets whole ones again", "[imageresume]")
{
    const DigitsRun begun("digit-vae", 2);
    const auto log = begun.run / "log.csv";
    const auto whole = test::readWholeFile(log);
    test::writeBytes(log, whole.substr(0, whole.size() - 15));
    begun.goOn(3);
    const auto after = test::readWholeFile(log);
    const auto kept = whole.substr(0, whole.rfind('\n', whole.size() - 2) + 1);
    CHECK(after.substr(0, kept.size()) == kept);
    CHECK(after.substr(kept.size(), 2) == "3,");
    CHECK(std::count(after.begin(), after.end(), '\n') == 3);
}
