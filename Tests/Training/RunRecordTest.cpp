// What a run folder says about itself may be cut short, edited or in the way.

#include "Support/Paths.h"
#include "Training/Loop/Progress.h"
#include "Training/Training.h"

#include <catch2/catch.hpp>

#include <fstream>

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

TEST_CASE("A run whose config.json was cut or edited says which line or entry is wrong", "[train]")
{
    test::TemporaryFolder folder;
    TrainOptions options;
    options.run = folder / "run";
    options.resume = true;
    std::filesystem::create_directories(options.run);
    const auto refuses = [&](const std::string& reason) {
        Progress silent;
        CHECK_THROWS_WITH(train(options, silent), Contains("run/config.json") && Contains(reason) &&
                                                      !Contains("json.exception"));
    };
    const auto write = [&](const std::string& text) {
        std::ofstream(options.run / "config.json", std::ios::binary) << text;
    };
    write("");
    refuses("it is empty");
    write("{\n \"model\": \"attention-lstm\",\n \"recipe");
    refuses("line 3");
    write("{\"model\": \"\xff\"}");
    refuses("line 1");
    write("{\"model\": 7}");
    refuses("its \"model\" is missing or of the wrong kind");
    write("[]");
    refuses("its \"model\" is missing");
    std::filesystem::remove(options.run / "config.json");
    std::filesystem::create_directories(options.run / "config.json");
    refuses("it is a folder");
}
