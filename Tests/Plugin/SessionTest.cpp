#include "Plugin/GenerationSession.h"

#include "EngineBench.h"

#include <catch2/catch.hpp>

#include <dlfcn.h>
#include <filesystem>
#include <fstream>

using namespace organum;
using namespace organum::plugin;
using organum::test::eventually;
using organum::test::setVariable;
using organum::test::Workbench;

namespace
{

struct Listener
{
    std::mutex mutex;
    std::vector<TakePointer> takes;

    GenerationSession::Callbacks callbacks()
    {
        GenerationSession::Callbacks result;
        result.finished = [this](const Wish&, TakePointer take) {
            const std::lock_guard<std::mutex> lock(mutex);
            takes.push_back(std::move(take));
        };
        return result;
    }
    std::size_t count()
    {
        const std::lock_guard<std::mutex> lock(mutex);
        return takes.size();
    }
};

Wish wishFor(const std::string& model, std::uint64_t seed = 1, int bars = 4)
{
    Wish wish;
    wish.model = model + ".organum";
    wish.modelName = model;
    wish.seed = seed;
    wish.bars = bars;
    return wish;
}

bool failsWith(GenerationSession& session, const std::string& words)
{
    const bool failed = eventually([&] { return session.status().phase == Phase::failed; });
    INFO(session.status().message);
    CHECK(session.status().message.find(words) != std::string::npos);
    return failed;
}

} // namespace

TEST_CASE("a wish becomes a take of exactly the asked bars, the same for the same seed")
{
    const Workbench bench;
    Listener listener;
    GenerationSession session(listener.callbacks());
    for (const std::uint64_t seed : {7u, 7u, 8u}) {
        session.request(wishFor("plain", seed, 3));
        REQUIRE(session.waitUntilIdle(3000));
    }
    REQUIRE(listener.count() == 3);
    CHECK(listener.takes[0]->length() == 12 * player::ticksPerQuarter);
    CHECK(*listener.takes[0] == *listener.takes[1]);
    CHECK(listener.takes[0]->notes != listener.takes[2]->notes);
    CHECK(session.status().phase == Phase::idle);
}

TEST_CASE("going on from a take keeps it and adds bars behind it")
{
    const Workbench bench;
    Listener listener;
    GenerationSession session(listener.callbacks());
    session.request(wishFor("plain", 1, 2));
    REQUIRE(session.waitUntilIdle(3000));
    Wish more = wishFor("plain", 2, 3);
    more.continues = listener.takes[0];
    session.request(more);
    REQUIRE(session.waitUntilIdle(3000));
    const Take& first = *listener.takes[0];
    const Take& whole = *listener.takes[1];
    CHECK(whole.bars == 5);
    REQUIRE(whole.notes.size() > first.notes.size());
    for (std::size_t i = 0; i < first.notes.size(); ++i)
        CHECK(whole.notes[i] == first.notes[i]);
    const TakeNote& next = whole.notes[first.notes.size()];
    CHECK(next.onset == first.length());
    CHECK(next.pitch == first.notes.back().pitch); // the fake engine echoes the primer's end
}

TEST_CASE("a newer wish replaces the one being fulfilled")
{
    const Workbench bench;
    Listener listener;
    GenerationSession session(listener.callbacks());
    session.request(wishFor("hangs"));
    REQUIRE(eventually([&] { return session.status().phase == Phase::composing; }));
    session.request(wishFor("plain", 5));
    REQUIRE(session.waitUntilIdle(3000));
    REQUIRE(listener.count() == 1);
    CHECK(listener.takes[0]->seed == 5);
}

TEST_CASE("cancelling ends a wish without a take")
{
    const Workbench bench;
    Listener listener;
    GenerationSession session(listener.callbacks());
    session.request(wishFor("hangs"));
    REQUIRE(eventually([&] { return session.status().phase == Phase::composing; }));
    session.cancel();
    REQUIRE(session.waitUntilIdle(3000));
    CHECK(listener.count() == 0);
}

TEST_CASE("a session can be ended while the engine composes, and joins its thread")
{
    const Workbench bench;
    Listener listener;
    REQUIRE(openEngine(engineCandidates()).functions != nullptr);
    auto* library = dlopen(ORGANUM_FAKE_ENGINE, RTLD_NOW | RTLD_NOLOAD);
    REQUIRE(library != nullptr);
    const auto clients = reinterpret_cast<int (*)()>(dlsym(library, "fake_engine_clients"));
    const int before = clients();
    const auto start = std::chrono::steady_clock::now();
    {
        GenerationSession session(listener.callbacks());
        session.request(wishFor("hangs"));
        REQUIRE(eventually([&] { return session.status().phase == Phase::composing; }));
        CHECK(clients() == before + 1);
    }
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
    CHECK(listener.count() == 0);
    CHECK(clients() == before); // all were given back
    dlclose(library);
}

TEST_CASE("what goes wrong in the engine is said, and the session works on")
{
    const Workbench bench;
    Listener listener;
    GenerationSession session(listener.callbacks());
    session.request(wishFor("refuses"));
    CHECK(failsWith(session, "damaged"));
    session.request(wishFor("plain"));
    REQUIRE(session.waitUntilIdle(3000));
    CHECK(listener.count() == 1);
    session.request(wishFor("fails"));
    CHECK(failsWith(session, "planted"));
    REQUIRE(session.waitUntilIdle(3000));
    session.request(wishFor("plain"));
    REQUIRE(session.waitUntilIdle(3000));
    session.request(wishFor("wild"));
    CHECK(failsWith(session, "cannot be used"));
    REQUIRE(session.waitUntilIdle(3000));
    session.request(wishFor("notice"));
    REQUIRE(session.waitUntilIdle(3000));
    CHECK(session.status().message.find("nearest known") != std::string::npos);
    CHECK(listener.count() == 3);
}

TEST_CASE("a missing or broken engine is named, with what to do, and may be repaired later")
{
    Workbench bench;
    Listener listener;
    GenerationSession session(listener.callbacks());
    const auto engine = bench.folder / "engine.so";
    setVariable("ORGANUM_ENGINE", engine.string());

    session.request(wishFor("plain"));
    CHECK(failsWith(session, "not found at " + engine.string()));

    std::ofstream(engine) << "this is no library";
    session.report(Phase::idle, {});
    session.request(wishFor("plain"));
    CHECK(failsWith(session, "could not be opened"));

    std::filesystem::copy_file(ORGANUM_FAKE_ENGINE, engine,
                               std::filesystem::copy_options::overwrite_existing);
    session.request(wishFor("plain"));
    REQUIRE(session.waitUntilIdle(3000));
    CHECK(listener.count() == 1);
}

TEST_CASE("an engine with another interface is refused")
{
    Workbench bench;
    const auto engine = bench.folder / "other.so";
    std::filesystem::copy_file(ORGANUM_FAKE_ENGINE, engine);
    setVariable("FAKE_ENGINE_ABI", "99");
    const EngineResult result = openEngine({engine});
    unsetenv("FAKE_ENGINE_ABI");
    CHECK(result.functions == nullptr);
    CHECK(result.problem.find("interface 99") != std::string::npos);
}

TEST_CASE("thread variables are set while the engine loads and restored afterwards")
{
    Workbench bench;
    const auto engine = bench.folder / "threads.so";
    std::filesystem::copy_file(ORGANUM_FAKE_ENGINE, engine);
    setVariable("OPENBLAS_NUM_THREADS", "6");
    unsetenv("OMP_NUM_THREADS");
    REQUIRE(openEngine({engine}).functions != nullptr);
    CHECK(std::string(std::getenv("OPENBLAS_NUM_THREADS")) == "6");
    CHECK(std::getenv("OMP_NUM_THREADS") == nullptr);
    unsetenv("OPENBLAS_NUM_THREADS");
    auto* library = dlopen(engine.c_str(), RTLD_NOW | RTLD_NOLOAD);
    REQUIRE(library != nullptr); // still loaded: it is never closed
    const auto threads =
        reinterpret_cast<const char* (*) ()>(dlsym(library, "fake_engine_blas_threads"));
    CHECK(std::string(threads()) == "1");
    dlclose(library);
}

TEST_CASE("the engine is looked for in the documented order")
{
    setVariable("ORGANUM_ENGINE", "/somewhere/engine.so");
    CHECK(engineCandidates() == std::vector<std::filesystem::path>{"/somewhere/engine.so"});
    unsetenv("ORGANUM_ENGINE");
    const std::string home = std::getenv("HOME") != nullptr ? std::getenv("HOME") : "";
    setVariable("HOME", "/home/musician");
    const auto candidates = engineCandidates();
    setVariable("HOME", home);
    REQUIRE(candidates.size() >= 4);
    CHECK(candidates[0] == "/home/musician/.local/lib/organum/liborganum_engine.so");
    CHECK(candidates[1] == "/usr/local/lib/organum/liborganum_engine.so");
    CHECK(candidates.back().parent_path().filename() == "lib");
}
