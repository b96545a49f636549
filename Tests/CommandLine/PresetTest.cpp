#include "CommandLine/Desk.h"
#include "CommandLine/Program.h"

#include <catch2/catch.hpp>

#include <fstream>

namespace
{

using namespace organum;

std::string preset(const std::string& values)
{
    return R"({"format":"organum-preset","version":1,"name":"Mine","model":"tiny","key":"C",)"
           R"("scale":"major pentatonic","values":{)" +
           values + "}}";
}

} // namespace

TEST_CASE("A preset says what is not typed, and composes what its settings typed out compose",
          "[commands]")
{
    const test::Desk desk;
    std::ofstream(desk / "mine.organum-preset")
        << preset(R"("bars":3,"pitch_temperature":0.7,"duration_temperature":0.6,"top_p":0.8)");
    const auto notesOf = [&desk](const std::string& arguments) {
        const auto made = test::run("generate " + arguments + " -o made.mid", desk.path());
        INFO(made.errors);
        CHECK(made.exitCode == 0);
        return test::readWholeFile(desk / "made.mid");
    };
    const std::string typed = "--model tiny --pitch-temperature 0.7 --duration-temperature 0.6 "
                              "--top-p 0.8 --key C --scale 'major pentatonic' --seed 5 --bars ";
    CHECK(notesOf("--preset mine.organum-preset --seed 5") == notesOf(typed + "3"));
    CHECK(notesOf("--preset mine.organum-preset --seed 5 --bars 4") == notesOf(typed + "4"));
}

TEST_CASE("A preset that is unknown, damaged or out of range is refused", "[bad-input]")
{
    const test::Desk desk;
    std::ofstream(desk / "damaged.organum-preset") << "{";
    std::ofstream(desk / "wild.organum-preset") << preset(R"("top_p":7)");
    const auto refused = [&desk](const std::string& arguments, int code, const std::string& word) {
        const auto made = test::run("generate " + arguments + " -o new.mid", desk.path());
        INFO(made.errors);
        CHECK(made.exitCode == code);
        CHECK(made.errors.find(word) != std::string::npos);
        CHECK_FALSE(std::filesystem::exists(desk / "new.mid"));
    };
    refused("--preset nobody", 1, "Calm prelude");
    refused("--preset damaged.organum-preset", 1, "damaged.organum-preset");
    refused("--preset wild.organum-preset", 1, "top_p");
    refused("--bars 2", 2, "--model");
}
