// Two trainers in one run folder: the second is sent away, whatever it wants to do there.

#include "Training/Run/RunLock.h"
#include "ChildRuns.h"
#include "RunOptions.h"
#include "Support/Paths.h"
#include "Training/Loop/Progress.h"
#include "Training/Run/RunFolder.h"
#include "Tunes.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <map>
#include <thread>

using namespace organum;
using namespace organum::training;
using Catch::Matchers::Contains;

namespace fs = std::filesystem;

namespace
{

TrainOptions longRun(const fs::path& folder)
{
    auto options = test::runOptions("attention-lstm", folder / "data", folder / "run", 100000);
    options.settings = {{"units", "8"}, {"embed_size", "4"}, {"lanes", "3"}, {"chunk", "8"}};
    return options;
}

void waitForCheckpoint(const fs::path& run)
{
    std::error_code error;
    while (!fs::exists(run / "checkpoints" / "last.pt", error))
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

std::map<std::string, std::string> filesOf(const fs::path& run)
{
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(run))
        if (entry.is_regular_file())
            files[entry.path().string()] = test::readWholeFile(entry.path());
    return files;
}

} // namespace

TEST_CASE("A second trainer in a run folder is sent away while the first goes on", "[lock]")
{
    // Two `organum train --resume` in two terminals both wrote last.pt and log.csv, and what came
    // of it was neither's.
    test::TemporaryFolder folder;
    test::writeTunes(folder / "data", 8);
    auto options = longRun(folder.path());
    const auto first = test::startTraining(options);
    waitForCheckpoint(options.run);
    kill(first, SIGSTOP); // so that what changes in its folder is the second's doing
    int status = 0;
    REQUIRE(waitpid(first, &status, WUNTRACED) == first);
    const auto before = filesOf(options.run);

    Progress silent;
    const auto names = Contains("Another `organum train` works in the run folder " +
                                options.run.string() + " (process " + std::to_string(first) + ")");
    CHECK_THROWS_WITH(train(options, silent), names);
    options.resume = true;
    CHECK_THROWS_WITH(train(options, silent), names);
    CHECK(filesOf(options.run) == before);

    // However the first ends, its lock is no longer in the way.
    kill(first, SIGKILL);
    kill(first, SIGCONT);
    REQUIRE(test::waitFor(first) == -SIGKILL);
    options.epochs = 1;
    CHECK(test::trainInChild(options) == 0);
    CHECK_FALSE(fs::exists(options.run / ".lock"));
}

TEST_CASE("A run that another began while the data was read is not written into", "[lock]")
{
    test::TemporaryFolder folder;
    const auto options = test::runOptions("attention-lstm", folder / "data", folder / "run", 1);
    fs::create_directories(options.run);
    {
        const RunLock other(options.run);
        CHECK_THROWS_WITH(openRun(options, {}, 1, "{}"), Contains("Another `organum train`"));
        CHECK_FALSE(fs::exists(options.run / "config.json"));
    }
    openRun(options, {}, 1, "{}"); // the other one, which has ended since
    const auto config = test::readWholeFile(options.run / "config.json");
    CHECK_THROWS_WITH(openRun(options, {{"units", "8"}}, 1, "{}"), Contains("already holds a run"));
    CHECK(test::readWholeFile(options.run / "config.json") == config);
    CHECK_FALSE(fs::exists(options.run / ".lock"));
}

TEST_CASE("A lock is never held twice, though its file comes and goes", "[lock]")
{
    test::TemporaryFolder folder;
    std::atomic<int> holders{0}, doubles{0}, locks{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int round = 0; round < 400; ++round)
                try {
                    const RunLock lock(folder.path());
                    if (++holders > 1)
                        ++doubles;
                    ++locks;
                    std::this_thread::yield();
                    --holders;
                } catch (const std::runtime_error&) {
                    std::this_thread::yield(); // another has it
                }
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(doubles == 0);
    CHECK(locks > 0);
    CHECK(fs::is_empty(folder.path()));
}
