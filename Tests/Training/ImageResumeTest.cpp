// Image runs that go on, or are judged, after something has happened to their data or their folder.

#include "ChildRuns.h"
#include "ImageFiles.h"
#include "Support/Paths.h"
#include "Training/Training.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

namespace
{

namespace fs = std::filesystem;

TrainOptions optionsFor(const std::string& what, const fs::path& data, const fs::path& run)
{
    TrainOptions options;
    options.what = what;
    options.data = data;
    options.run = run;
    options.device = "cpu";
    options.seed = 4;
    options.epochs = 1;
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

TEST_CASE("A run does not go on with other images than it began with", "[imageresume]")
{
    test::TemporaryFolder folder;
    const auto digits = folder / "digits", run = folder / "run";
    test::writeDigits(digits, 24);
    Progress silent;
    train(optionsFor("digit-vae", digits, run), silent);
    const auto refused = [&](const std::string& reason) {
        const auto before = test::readWholeFile(run / "model.organum");
        CHECK_THROWS_WITH(train(goingOn(run), silent),
                          Contains(run.string()) && Contains(digits.string()) && Contains(reason) &&
                              Contains("another --run"));
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
    CHECK_THROWS_WITH(train(goingOn(run), silent), Contains("instead of"));
    fs::rename(run / "elsewhere", run / "model.organum");

    test::writeDigits(digits, 24);
    CHECK(train(goingOn(run), silent).epochs == 2);
}

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
