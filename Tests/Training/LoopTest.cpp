#include "Support/Paths.h"
#include "Training/Loop/CsvLog.h"
#include "Training/Loop/Progress.h"
#include "Training/Random.h"
#include "Training/Settings.h"
#include "Training/Training.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <sstream>

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

TEST_CASE("Random draws depend on purpose, seed and position alone", "[loop]")
{
    CHECK(randomBits("a", 1, {2}) == randomBits("a", 1, {2}));
    std::set<std::uint64_t> all;
    for (const auto* purpose : {"a", "b"})
        for (std::uint64_t seed = 0; seed < 30; ++seed)
            for (std::uint64_t position = 0; position < 30; ++position)
                all.insert(randomBits(purpose, seed, {position}));
    CHECK(all.size() == 2 * 30 * 30);
    double mean = 0.0;
    for (std::uint64_t i = 0; i < 4000; ++i)
        mean += randomUniform("u", 1, {i}) / 4000.0;
    CHECK(mean == Approx(0.5).margin(0.03));
    auto order = randomOrder(50, "order", 3);
    CHECK(order != randomOrder(50, "order", 4));
    std::sort(order.begin(), order.end());
    for (std::size_t i = 0; i < 50; ++i)
        REQUIRE(order[i] == i);
}

TEST_CASE("A log that is cut back holds no epoch twice", "[loop]")
{
    test::TemporaryFolder folder;
    const auto file = folder / "log.csv";
    CsvLog first(file, 0);
    first.add({{"epoch", 1}, {"loss", 0.5}});
    const auto known = first.bytes();
    first.add({{"epoch", 2}, {"loss", 0.25}});
    CsvLog second(file, known);
    second.add({{"epoch", 2}, {"loss", 0.125}});
    CHECK(test::readWholeFile(file) == "epoch,loss\n1,0.5\n2,0.125\n");
    CHECK_THROWS_WITH(CsvLog("/dev/full", 0).add({{"epoch", 1}}), Contains("/dev/full"));
}

TEST_CASE("Progress is a bar on a terminal and plain lines elsewhere", "[loop]")
{
    std::ostringstream terminal, file;
    {
        ConsoleProgress bar(terminal, true), lines(file, false, 0.0);
        for (auto* progress : {&bar, &lines}) {
            progress->advance("training", 0, 10, "steps", "");
            for (int i = 1; i <= 3; ++i)
                progress->advance("training", i, 10, "steps", "loss 1.0");
            progress->message("done");
        }
    }
    CHECK_THAT(file.str(), Contains("training: 3/10 steps") && Contains("left  loss 1.0\n"));
    CHECK_THAT(file.str(), !Contains("\r") && !Contains("\x1b"));
    CHECK_THAT(terminal.str(), Contains("done\n"));
    CHECK(durationText(3723) == "1:02:03");
    CHECK(durationText(63.4) == "1:03");
}

TEST_CASE("Settings refuse what they do not know", "[loop]")
{
    Settings settings({{"rate", "0.5", ""}, {"attention", "on", ""}});
    settings.set("attention", "no");
    settings.set("rate", "2e-3");
    CHECK_FALSE(settings.on("attention"));
    CHECK(settings.number("rate") == Approx(0.002));
    CHECK_THROWS_WITH(settings.integer("rate"), Contains("whole number"));
    CHECK_THROWS_WITH(settings.set("rate", "fast"), Contains("fast"));
    CHECK_THROWS_WITH(settings.set("rate", "nan"), Contains("number"));
    CHECK_THROWS_WITH(settings.set("attention", "maybe"), Contains("on or off"));
    CHECK_THROWS_WITH(settings.set("speed", "1"), Contains("rate, attention"));
}

TEST_CASE("The list names every model with its recipes and settings", "[loop]")
{
    const auto models = list();
    REQUIRE_FALSE(models.empty());
    const auto lstm = std::find_if(models.begin(), models.end(), [](const auto& model) {
        return model.name == "attention-lstm";
    });
    REQUIRE(lstm != models.end());
    CHECK(lstm->bookSection == "7.1");
    std::set<std::string> recipes;
    for (const auto& [name, meaning] : lstm->recipes)
        recipes.insert(name);
    CHECK(recipes.count("book") == 1);
    CHECK(lstm->settings.size() > 5);
    Progress silent;
    TrainOptions options;
    options.what = "crystal-ball";
    CHECK_THROWS_WITH(train(options, silent),
                      Contains("crystal-ball") && Contains("attention-lstm"));
}
