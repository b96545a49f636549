// A build without libcurl: what cannot be fetched is said with what to put where.

#include "Support/Paths.h"
#include "Training/Datasets/Download.h"
#include "Training/Datasets/Store.h"

#include <catch2/catch.hpp>

using namespace organum;
using namespace organum::datasets;
using Catch::Matchers::Contains;

TEST_CASE("Without libcurl a fetch says so, and what to put where", "[without-curl]")
{
    CHECK_FALSE(canFetch());
    const test::TemporaryFolder folder;
    training::Progress silent;
    FetchOptions options;
    options.store = folder / "data";
    CHECK_THROWS_WITH(fetch(findDataset("bach-chorales"), options, silent),
                      Contains("was built without libcurl") && Contains("libcurl4-openssl-dev") &&
                          Contains("By hand:") &&
                          Contains("Jsb16thSeparated.json at " + options.store.string()));
    CHECK_FALSE(std::filesystem::exists(options.store));
}

TEST_CASE("Without libcurl, what lies here is checked as ever", "[without-curl]")
{
    const test::TemporaryFolder folder;
    training::Progress silent;
    const auto checked = check(findDataset("mnist"), folder.path(), silent);
    CHECK_FALSE(checked.isWhole);
    CHECK(checked.files.size() == 4);
}
