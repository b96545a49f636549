#include "Plugin/OpeningMark.h"

#include "Plugin/EngineLibrary.h"
#include "Workbench.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

using namespace organum;
using namespace organum::plugin;
using organum::test::setVariable;
using organum::test::TemporaryFolder;
namespace fs = std::filesystem;

namespace
{

/** An engine and a home of its own. */
struct Bench
{
    Bench()
    {
        setVariable("XDG_STATE_HOME", (folder / "state").string());
        fs::copy_file(ORGANUM_FAKE_ENGINE, engine);
    }
    ~Bench() { unsetenv("XDG_STATE_HOME"); }

    TemporaryFolder folder;
    fs::path engine = folder / "engine.so";
};

/** Opens the engine in another process, which crashes, and returns the signal that ended it. */
int crashingHost(const fs::path& engine)
{
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGSEGV, SIG_DFL);
        setenv("FAKE_ENGINE_CRASHES", "1", 1);
        openEngine({engine});
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

} // namespace

TEST_CASE("an engine that crashes its host while it is opened is left alone after the second time")
{
    const Bench bench;
    for (int time = 0; time < 2; ++time)
        CHECK(crashingHost(bench.engine) == SIGSEGV);
    CHECK(OpeningMark(bench.engine).crashes() == 2);
    CHECK(crashingHost(bench.engine) == 0); // refused, so this host lives
    const EngineResult refused = openEngine({bench.engine});
    CHECK(refused.functions == nullptr);
    INFO(refused.problem);
    CHECK(refused.problem.find("left alone") != std::string::npos);
    CHECK(refused.problem.find(openingMarks().string()) != std::string::npos);

    SECTION("until the musician wants to try once more")
    {
        fs::remove_all(openingMarks());
        CHECK(openEngine({bench.engine}).functions != nullptr);
    }
    SECTION("until another one is installed")
    {
        fs::remove(bench.engine);
        fs::copy_file(ORGANUM_FAKE_ENGINE, bench.engine);
        fs::last_write_time(bench.engine, fs::file_time_type::clock::now() - std::chrono::hours(1));
        CHECK(openEngine({bench.engine}).functions != nullptr);
    }
}

TEST_CASE("one crash may be an accident: the engine is opened again, and then it is forgotten")
{
    const Bench bench;
    CHECK(crashingHost(bench.engine) == SIGSEGV);
    CHECK(OpeningMark(bench.engine).crashes() == 1);
    CHECK(openEngine({bench.engine}).functions != nullptr);
    CHECK(OpeningMark(bench.engine).crashes() == 0);
    CHECK(fs::is_empty(openingMarks()));
}

TEST_CASE("another host that opens the engine at the same time is no crash")
{
    const Bench bench;
    const OpeningMark mark(bench.engine);
    mark.set();
    CHECK(mark.crashes() == 0);
    mark.clear(false);
    CHECK(fs::is_empty(openingMarks()));
}

TEST_CASE("a home that cannot be written keeps nobody from opening the engine")
{
    const Bench bench;
    std::ofstream(bench.folder / "file") << "no folder";
    setVariable("XDG_STATE_HOME", (bench.folder / "file").string());
    CHECK(openEngine({bench.engine}).functions != nullptr);
}
