// Runs of the models of planet Wrodl: the same folder, report and samples as of every other model,
// without data and without a loop.

#include "Bundle/Bundle.h"
#include "Support/Paths.h"
#include "Training/Loop/Progress.h"
#include "Training/Report/Pictures.h"
#include "Training/Training.h"
#include "Training/Wrodl/WrodlModel.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <fstream>

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

namespace
{

namespace fs = std::filesystem;

struct Told : Progress
{
    std::string text;
    void message(const std::string& line) override { text += line + "\n"; }
};

std::vector<std::string> models()
{
    std::vector<std::string> names = {histogramName, naiveBayesName};
    if (canDraw())
        names.push_back(pixelName);
    return names;
}

TrainOptions optionsFor(const std::string& what, const fs::path& run)
{
    TrainOptions options;
    options.what = what;
    options.run = run;
    return options;
}

void trainQuietly(const TrainOptions& options)
{
    Progress silent;
    train(options, silent);
}

std::vector<fs::path> reportOf(const fs::path& model, const fs::path& output)
{
    ReportOptions options;
    options.model = model;
    options.output = output;
    Progress silent;
    return report(options, silent);
}

std::string sampleOf(const fs::path& model, const fs::path& output, std::uint64_t seed)
{
    SampleOptions options;
    options.model = model;
    options.output = output;
    options.seed = seed;
    options.count = 10;
    Progress silent;
    sample(options, silent);
    return test::readWholeFile(output);
}

} // namespace

TEST_CASE("A run of planet Wrodl is kept like any other", "[wrodl]")
{
    test::TemporaryFolder folder;
    for (const auto& name : models()) {
        INFO(name);
        const auto run = folder / name;
        trainQuietly(optionsFor(name, run));
        for (const auto* file : {"config.json", "split.json", "log.csv", "model.organum"})
            CHECK(fs::exists(run / file));
        const auto provenance =
            nlohmann::json::parse(bundle::readMetadata(run / "model.organum").provenance);
        CHECK(provenance.at("model") == name);
        CHECK(provenance.at("seed") == 1);
        CHECK(provenance.at("split").at("train").size() == 50);
        CHECK(provenance.at("data").at("files").at(0).at("sha256").get<std::string>().size() == 64);
        CHECK_THAT(test::readWholeFile(run / "log.csv"), Contains("log_likelihood"));
        CHECK(fs::exists(run / "samples" / "styles.txt") == (name != pixelName));
        CHECK(fs::exists(run / "samples" / "styles.png") == canDraw());

        const auto again = folder / (name + "-again");
        trainQuietly(optionsFor(name, again));
        CHECK(bundle::readBundle(again / "model.organum").tensors.size() ==
              bundle::readBundle(run / "model.organum").tensors.size());
        for (const auto& [tensor, values] : bundle::readBundle(run / "model.organum").tensors)
            CHECK(bundle::readBundle(again / "model.organum").tensors.at(tensor).bytes ==
                  values.bytes);
    }
}

TEST_CASE("Resuming a finished count does nothing, and one that lost its bundle counts again",
          "[wrodl]")
{
    test::TemporaryFolder folder;
    auto options = optionsFor(naiveBayesName, folder / "run");
    trainQuietly(options);
    const auto bundle = folder / "run" / "model.organum";
    const auto before = test::readWholeFile(bundle);
    CHECK_THROWS_WITH(trainQuietly(options), Contains("already holds a run"));
    TrainOptions resume;
    resume.run = options.run;
    resume.resume = true;
    Told told;
    CHECK(train(resume, told).bundle == bundle);
    CHECK_THAT(told.text, Contains("complete"));
    CHECK(test::readWholeFile(bundle) == before);
    fs::remove(bundle);
    trainQuietly(resume);
    CHECK(readWrodlModel(bundle).bayes->counts() == NaiveBayesStyles(inhabitants()).counts());
}

TEST_CASE("The pseudo-count is the recipe's, or the user's", "[wrodl]")
{
    test::TemporaryFolder folder;
    auto options = optionsFor(histogramName, folder / "smoothed");
    options.recipe = "smoothed";
    trainQuietly(options);
    CHECK(readWrodlModel(options.run).histogram->probability(workedExample()) ==
          Approx(3.0 / 4082.0));
    options.run = folder / "own";
    options.settings["pseudo_count"] = "0.5";
    trainQuietly(options);
    CHECK(readWrodlModel(options.run).histogram->pseudoCount() == 0.5);
}

TEST_CASE("A report of planet Wrodl holds the book's tables and figures", "[wrodl]")
{
    test::TemporaryFolder folder;
    const auto text = [&](const std::string& name) {
        trainQuietly(optionsFor(name, folder / name));
        for (const auto& file : reportOf(folder / name, folder / (name + "-report")))
            CHECK(fs::file_size(file) > 0);
        return test::readWholeFile(folder / (name + "-report") / "report.md");
    };
    CHECK_THAT(text(histogramName), Contains("| 2 | 0.0400 | 0.000735 |") &&
                                        Contains("| 0 | 0.0000 | 0.000245 |") &&
                                        Contains("100.0 % are worn") && Contains("4031"));
    CHECK_THAT(text(naiveBayesName), Contains("0.46 x 0.16 x 0.44 x 0.38 x 0.44 = 0.005415") &&
                                         Contains("= 0.000984") &&
                                         Contains("| hair style | long straight | 23 | 0.46 |") &&
                                         Contains("parameters: 23") && Contains("3024 of 4032"));
    if (!canDraw())
        return;
    CHECK_THAT(text(pixelName), Contains("261120") && Contains("| clothes |"));
    for (const auto* picture : {"inhabitants.png", "samples.png", "new-styles.png", "colours.png"})
        CHECK(fs::exists(folder / (std::string(naiveBayesName) + "-report") / picture));
    for (const auto* picture : {"portraits.png", "samples.png", "neighbours.png", "agreement.png"})
        CHECK(fs::exists(folder / (std::string(pixelName) + "-report") / picture));
}

TEST_CASE("Samples are the seed's", "[wrodl]")
{
    if (!canDraw())
        return;
    test::TemporaryFolder folder;
    for (const auto& name : models()) {
        INFO(name);
        trainQuietly(optionsFor(name, folder / name));
        const auto first = sampleOf(folder / name, folder / "a.png", 3);
        CHECK(first.size() > 1000);
        CHECK(sampleOf(folder / name / "model.organum", folder / "b.png", 3) == first);
        CHECK(sampleOf(folder / name, folder / "c.png", 4) != first);
    }
}

TEST_CASE("What planet Wrodl cannot be asked is refused, and leaves no run", "[wrodl]")
{
    test::TemporaryFolder folder;
    const auto refuses = [&](auto change, const std::string& words) {
        auto options = optionsFor(histogramName, folder / "run");
        change(options);
        INFO(words);
        CHECK_THROWS_WITH(trainQuietly(options), Contains(words));
        CHECK_FALSE(fs::exists(folder / "run"));
    };
    refuses([](auto& o) { o.data = "somewhere"; }, "built in");
    refuses([](auto& o) { o.split = "split.json"; }, "--split");
    refuses([](auto& o) { o.parts = "melody"; }, "--parts");
    refuses([](auto& o) { o.device = "cuda"; }, "--device");
    refuses([](auto& o) { o.epochs = 2; }, "epochs");
    refuses([](auto& o) { o.recipe = "tasty"; }, "smoothed");
    refuses([](auto& o) { o.settings["pseudo_count"] = "-1"; }, "pseudo_count");
    refuses([](auto& o) { o.settings["pseudo_count"] = "nan"; }, "pseudo_count");
    refuses([](auto& o) { o.settings["colour"] = "blue"; }, "colour");
}

TEST_CASE("A bundle whose counts cannot be is refused by its name", "[wrodl]")
{
    test::TemporaryFolder folder;
    trainQuietly(optionsFor(histogramName, folder / "run"));
    const auto good = bundle::readBundle(folder / "run" / "model.organum");
    const auto file = folder / "bad.organum";
    const auto refuses = [&](auto change, const std::string& words) {
        auto bad = good;
        change(bad);
        bundle::writeBundle(file, bad);
        INFO(words);
        CHECK_THROWS_WITH(reportOf(file, folder / "report"),
                          Contains("bad.organum") && Contains(words));
        CHECK_FALSE(fs::exists(folder / "report"));
    };
    refuses([](auto& b) { b.tensors.clear(); }, "counts");
    refuses([](auto& b) { b.metadata.kind = "attention-lstm"; }, "attention-lstm");
    refuses([](auto& b) { b.metadata.config = "{}"; }, "pseudo_count");
    refuses([](auto& b) { b.metadata.config = "{\"pseudo_count\": -2}"; }, "pseudo-count");
    refuses(
        [](auto& b) {
            const std::int64_t below = -5;
            std::memcpy(b.tensors.at("counts").bytes.data(), &below, sizeof below);
        },
        "negative");
    refuses(
        [](auto& b) {
            auto& tensor = b.tensors.at("counts");
            tensor.shape = {7};
            tensor.bytes.resize(7 * 8);
        },
        "4032");
}
