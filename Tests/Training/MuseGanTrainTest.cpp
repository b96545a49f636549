// Whole runs of small networks of four voices.

#include "Bundle/Bundle.h"
#include "ChildRuns.h"
#include "Score/MidiFile.h"
#include "Support/Paths.h"
#include "Support/RandomScore.h"
#include "Support/TestDevice.h"
#include "Training/Loop/Progress.h"
#include "Training/Training.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

namespace
{

/** A file of chorales whose voices wander within their ranges. */
void writeChorales(const std::filesystem::path& file, int pieces, int steps = 80)
{
    constexpr int middle[] = {70, 62, 56, 48};
    test::RandomNumbers random(5);
    nlohmann::json json;
    for (const auto* split : {"train", "valid", "test"}) {
        json[split] = nlohmann::json::array();
        for (int i = 0; i < pieces; ++i) {
            int now[] = {middle[0], middle[1], middle[2], middle[3]};
            auto piece = nlohmann::json::array();
            for (int step = 0; step < steps; ++step) {
                if (step % 4 == 0)
                    for (int voice = 0; voice < 4; ++voice)
                        now[voice] = std::min(
                            middle[voice] + 7,
                            std::max(middle[voice] - 7, now[voice] + random.between(-2, 2)));
                // The first beat is an upbeat in which one voice is silent.
                piece.push_back({now[0], now[1], step < 4 ? -1 : now[2], now[3]});
            }
            json[split].push_back(std::move(piece));
        }
    }
    std::ofstream(file) << json.dump();
}

TrainOptions smallRun(const std::filesystem::path& folder, const std::string& run)
{
    TrainOptions options;
    options.what = "musegan";
    options.data = folder / "chorales.json";
    options.run = folder / run;
    options.recipe = "book";
    options.device = test::testDevice();
    options.epochs = 6;
    options.settings = {{"generator_width", "8"}, {"critic_width", "4"}, {"noise", "4"},
                        {"batch", "6"},           {"critic_steps", "2"}, {"epoch_steps", "3"},
                        {"averaging", "0.9"}};
    return options;
}

} // namespace

TEST_CASE("A MuseGAN killed again and again ends as one that never stopped", "[musegan]")
{
    test::TemporaryFolder folder;
    writeChorales(folder / "chorales.json", 5);
    REQUIRE(test::trainInChild(smallRun(folder.path(), "whole")) == 0);
    auto options = smallRun(folder.path(), "killed");
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

// What a stopped run tells its user to type names no model; it was taken for the first of the list.
TEST_CASE("A MuseGAN is resumed by its folder alone, and not from a lost checkpoint", "[musegan]")
{
    test::TemporaryFolder folder;
    writeChorales(folder / "chorales.json", 5);
    REQUIRE(test::trainInChild(smallRun(folder.path(), "run")) == 0);
    TrainOptions options;
    options.run = folder / "run";
    options.resume = true;
    CHECK(test::trainInChild(options) == 0);

    std::filesystem::remove(options.run / "checkpoints" / "last.pt");
    const auto model = test::readWholeFile(options.run / "model.organum");
    CHECK(test::trainInChild(options) == 1);
    CHECK(test::readWholeFile(options.run / "model.organum") == model);
}

TEST_CASE("Its run holds a bundle, four-part samples and a log of critic and generator",
          "[musegan]")
{
    test::TemporaryFolder folder;
    writeChorales(folder / "chorales.json", 5);
    auto options = smallRun(folder.path(), "run");
    options.licence = "public domain";
    options.commandLine = "organum train musegan";
    REQUIRE(test::trainInChild(options) == 0);

    const auto bundle = bundle::readBundle(options.run / "model.organum");
    CHECK(bundle.metadata.kind == "musegan");
    CHECK(bundle.metadata.name == "chorales");
    CHECK(bundle.tensors.count("bar4.layer5.weight") == 1);
    CHECK(bundle.tensors.count("chords.firstNorm.running_mean") == 1);
    const auto provenance = nlohmann::json::parse(bundle.metadata.provenance);
    CHECK(provenance["data"]["files"][0]["name"] == "chorales.json");
    CHECK(provenance["data"]["files"][0]["sha256"].get<std::string>().size() == 64);
    CHECK(provenance["split"]["train"].size() == 5);
    CHECK(provenance["settings"]["critic_steps"] == "2");
    CHECK(provenance["metre"] == "4/4");
    CHECK(provenance["epochs"] == 6);
    CHECK(provenance["recipe"] == "book");

    const auto log = test::readWholeFile(options.run / "log.csv");
    for (const auto* column : {"train_critic_real", "train_critic_fake", "train_penalty",
                               "train_gradient_norm", "train_generator"})
        CHECK_THAT(log, Contains(column));
    CHECK(std::count(log.begin(), log.end(), '\n') == 7);

    const auto sample = score::readMidiFile(options.run / "samples" / "epoch-0005.mid").score;
    for (const auto& part : sample.parts)
        CHECK((part.name == "Soprano" || part.name == "Alto" || part.name == "Tenor" ||
               part.name == "Bass"));
    CHECK(sample.parts.size() >= 1);
    CHECK(std::filesystem::file_size(options.run / "samples" / "epoch-0001.mid") > 0);
}

TEST_CASE("The conditional one ends by looking for macros", "[musegan]")
{
    test::TemporaryFolder folder;
    writeChorales(folder / "chorales.json", 5, 96);
    TrainOptions options;
    options.what = "musegan";
    options.data = folder / "chorales.json";
    options.run = folder / "run";
    options.device = test::testDevice();
    options.seed = 3;
    options.settings = {{"epochs", "1"},        {"epoch_steps", "2"},     {"alone_steps", "1"},
                        {"warm_up", "0"},       {"critic_steps", "1"},    {"windows", "2"},
                        {"alone_windows", "2"}, {"further_windows", "2"}, {"noise", "4"},
                        {"embed_size", "4"},    {"context", "16"},        {"plan", "8"},
                        {"units", "8"},         {"critic_width", "8"},    {"macro_pieces", "8"},
                        {"macro_checks", "2"}};
    REQUIRE(test::trainInChild(options) == 0);
    const auto first = bundle::readBundle(options.run / "model.organum");
    const auto found = nlohmann::json::parse(first.metadata.provenance)["macros"];
    CHECK(found["seed"] == 3);
    CHECK(found["found_from"]["pieces"] == 8);
    REQUIRE(found["tried"].size() == 5);
    std::size_t kept = 0;
    for (const auto& macro : found["tried"]) {
        CHECK(macro["means"].size() == 5);
        kept += macro["kept"].get<bool>() ? 1 : 0;
    }
    CHECK(first.tensors.count("macros") == (kept > 0 ? 1 : 0));

    // The command finds the same for a bundle that exists, and writes only what has macros; a run
    // without macros has the same weights.
    Progress silent;
    MacroOptions again{options.run / "model.organum", folder / "again.organum", 3, 8, 2};
    CHECK(nlohmann::json::parse(findMacros(again, silent)) == found);
    CHECK(std::filesystem::exists(folder / "again.organum") == (kept > 0));
    if (kept > 0)
        CHECK(bundle::readBundle(folder / "again.organum").metadata.config ==
              first.metadata.config);
    options.run = folder / "without";
    options.settings["macro_pieces"] = "0";
    REQUIRE(test::trainInChild(options) == 0);
    const auto without = bundle::readBundle(options.run / "model.organum");
    CHECK(without.tensors.count("macros") == 0);
    for (const auto& [name, tensor] : without.tensors)
        CHECK(first.tensors.at(name).bytes == tensor.bytes);
}

TEST_CASE("What MuseGAN cannot learn from is refused before anything is written", "[musegan]")
{
    test::TemporaryFolder folder;
    writeChorales(folder / "chorales.json", 5);
    const auto refuses = [&](auto change, const std::string& word) {
        auto options = smallRun(folder.path(), "run");
        change(options);
        Progress silent;
        CHECK_THROWS_WITH(train(options, silent), Contains(word));
        CHECK_FALSE(std::filesystem::exists(folder / "run"));
    };
    refuses([](auto& o) { o.recipe = "soup"; }, "soup");
    refuses([](auto& o) { o.settings["bars"] = "1"; }, "bars");
    refuses([](auto& o) { o.settings["bars"] = "6"; }, "longer than 6 bars");
    refuses([](auto& o) { o.settings["generator_width"] = "10"; }, "multiple of 4");
    refuses([](auto& o) { o.settings["critic_steps"] = "0"; }, "critic_steps");
    refuses([&](auto& o) { o.data = folder / "nowhere.json"; }, "nowhere.json");
    refuses([&](auto& o) { o.split = folder / "split.json"; }, "--split");
    writeChorales(folder / "short.json", 2, 30);
    refuses([&](auto& o) { o.data = folder / "short.json"; }, "nothing to learn from");
}
