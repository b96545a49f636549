// `organum data` as a user calls it: lists, refusals, and what it says without a network.

#include "CommandLine/Program.h"
#include "Support/Paths.h"
#include "Training/Datasets/Download.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace organum;
using Catch::Matchers::Contains;

namespace
{

/** Where nothing answers; also through a proxy of the machine's own. */
const std::string offline = "env -u http_proxy -u https_proxy -u all_proxy";

} // namespace

TEST_CASE("The catalogue says of every set where it is and what may be done with it", "[data]")
{
    const test::TemporaryFolder folder;
    const auto text = test::run("data list", folder.path().string());
    CHECK(text.exitCode == 0);
    CHECK_THAT(text.output, Contains("mnist\n") && Contains("for research only") &&
                                Contains("unverified") && Contains("to be fetched by hand"));
    const auto json =
        nlohmann::json::parse(test::run("data list --json", folder.path().string()).output);
    for (const auto& set : json.at("sets")) {
        CHECK_FALSE(set.at("licence").get<std::string>().empty());
        CHECK(set.at("verified").get<bool>() ==
              (set.at("name") == "bach-cello-suites" || set.at("name") == "bach-chorales"));
    }
}

TEST_CASE("What `organum data` cannot do, it says with its exit code", "[data]")
{
    const test::TemporaryFolder folder;
    const auto at = folder.path().string();
    const auto refused = [&](const std::string& arguments, int exitCode, const std::string& words) {
        INFO(arguments);
        const auto outcome = test::run("data " + arguments, at, offline);
        CHECK(outcome.exitCode == exitCode);
        CHECK_THAT(outcome.errors, Contains(words));
        CHECK_THAT(outcome.errors, !Contains("terminate"));
    };
    refused("", 2, "action");
    refused("dance", 2, "dance");
    refused("fetch", 2, "organum data list");
    refused("fetch mnsit --to sets", 1, "mnist");
    refused("fetch ../x --to sets", 1, "no data set");
    refused("fetch mnist --to ''", 2, "--to");
    refused("fetch celeba --to sets", 1, "agreement");
    if (!datasets::canFetch()) {
        refused("fetch bach-chorales --to sets", 1, "built without libcurl");
        refused("fetch bach-chorales --to sets", 1, "By hand:");
        return;
    }
    refused("fetch bach-chorales --to sets --from ftp://127.0.0.1/", 1, "http or https");
    refused("fetch bach-chorales --to sets --from nonsense", 1, "nonsense");
    refused("fetch bach-chorales --to sets --from http://127.0.0.1:1/", 1,
            at + "/sets/bach-chorales/Jsb16thSeparated.json");
    CHECK_FALSE(std::filesystem::exists(folder / "sets" / "bach-chorales"));
    std::ofstream(folder / "file") << "mine";
    refused("fetch bach-chorales --to file", 1, "Could not make the folder");
    refused("fetch bach-chorales --to file/below", 1, "Could not make the folder");
    CHECK(test::readWholeFile(folder / "file") == "mine");
}

TEST_CASE("Files put in place by hand are checked", "[data]")
{
    const test::TemporaryFolder folder;
    const auto at = folder.path().string();
    std::filesystem::create_directories(folder / "sets" / "bach-chorales");
    std::ofstream(folder / "sets" / "bach-chorales" / "Jsb16thSeparated.json") << "[]";
    const auto outcome = test::run("data check --to sets", at);
    CHECK(outcome.exitCode == 1);
    CHECK_THAT(outcome.output, Contains("2 bytes instead of 1666444"));
    // Every category of drawings is a set, also those that the catalogue does not list.
    std::filesystem::create_directories(folder / "sets" / "quickdraw-ice_cream");
    std::filesystem::create_directories(folder / "sets" / "quickdraw-");
    std::filesystem::create_directories(folder / "sets" / ".quickdraw-owl.fetching");
    const auto drawings = test::run("data check --to sets --json", at);
    CHECK(drawings.exitCode == 1);
    const auto sets = nlohmann::json::parse(drawings.output).at("sets");
    REQUIRE(sets.size() == 2);
    CHECK(sets[1].at("name") == "quickdraw-ice_cream");
    CHECK(sets[1].at("files")[0].at("state") == "missing");
    const auto missing = test::run("data check mnist --to sets --json", at);
    CHECK(missing.exitCode == 1);
    CHECK(nlohmann::json::parse(missing.output).at("sets").at(0).at("whole") == false);
    const auto home = test::run("data check", at, "XDG_DATA_HOME=" + at + "/home");
    CHECK(home.exitCode == 0);
    CHECK_THAT(home.errors, Contains(at + "/home/organum/data"));
}
