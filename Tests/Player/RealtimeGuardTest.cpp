#include "Support/RealtimeGuard.h"

#include "PlantedFaults.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <thread>

#include <dlfcn.h>

using namespace organum::support;
using organum::test::PlantedFault;

namespace
{

void* volatile escaped = nullptr;
std::mutex ours;

template <typename Action>
RealtimeCounts countsOf(Action&& action)
{
    RealtimeGuard guard;
    action();
    return guard.stop();
}

bool active()
{
    if (!realtimeGuardIsActive())
        WARN("skipped: this build's sanitizer owns the allocator, so the guard is off");
    return realtimeGuardIsActive();
}

void requireAllSeen(const std::vector<PlantedFault>& faults)
{
    REQUIRE(faults.size() > 40);
    for (const PlantedFault& fault : faults) {
        const auto counts = countsOf(fault.commit);
        INFO(fault.name << ": the guard saw " << counts.toString());
        CHECK(counts.*fault.counter >= fault.least);
        CHECK(countsOf([] {}).total() == 0);
    }
}

// A name of its own, which the report must give.
__attribute__((noinline)) void lockOurs()
{
    const std::lock_guard<std::mutex> lock(ours);
    escaped = &ours;
}

const Offence* find(const std::vector<Offence>& all, const std::string& function)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const Offence& each) {
        return each.function.find(function) != std::string::npos;
    });
    return found != all.end() ? &*found : nullptr;
}

} // namespace

TEST_CASE("the guard sees every kind of fault planted in the program")
{
    if (active())
        requireAllSeen(organum::test::plantedFaults());
}

TEST_CASE("the guard sees every kind of fault planted in an opened library")
{
    if (!active())
        return;
    void* library = dlopen(ORGANUM_PLANTED_FAULTS, RTLD_NOW | RTLD_LOCAL);
    REQUIRE(library != nullptr);
    const auto get = reinterpret_cast<decltype(&organum_planted_faults)>(
        dlsym(library, "organum_planted_faults"));
    REQUIRE(get != nullptr);
    REQUIRE(get() != &organum::test::plantedFaults());
    requireAllSeen(*get());

    forgetOffences();
    countsOf(get()->front().commit);
    const auto found = offences();
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().what == "allocation");
    CHECK(std::string(ORGANUM_PLANTED_FAULTS).find(found.front().binary) != std::string::npos);
    dlclose(library);
}

TEST_CASE("locks are listed by the name of who takes them, and counted")
{
    if (!active())
        return;
    forgetOffences();
    const auto counts = countsOf([] {
        for (int i = 0; i < 3; ++i)
            lockOurs();
    });
    CHECK(counts.locks == 3);
    CHECK(counts.contended == 0);
    const auto all = offences();
    const Offence* found = find(all, "lockOurs");
    REQUIRE(found != nullptr);
    CHECK(found->what == "lock");
    CHECK(found->count == 3);
    CHECK(found->binary == "organum_tests_player");
    forgetOffences();
    CHECK(offences().empty());
}

TEST_CASE("a lock that another thread holds counts as contended")
{
    if (!active())
        return;
    std::atomic<bool> held{false};
    std::atomic<bool> asked{false};
    std::thread other([&] {
        const std::lock_guard<std::mutex> lock(ours);
        held = true;
        while (!asked)
            std::this_thread::yield();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    });
    while (!held)
        std::this_thread::yield();
    const auto counts = countsOf([&] {
        asked = true;
        lockOurs();
    });
    other.join();
    CHECK(counts.locks == 1);
    CHECK(counts.contended == 1);
}

TEST_CASE("the guard counts its own thread only, and only while armed")
{
    if (!active())
        return;
    const auto counts = countsOf([] {});
    CHECK(counts.total() == 0);
    CHECK(counts.toString() == "nothing");
    RealtimeGuard guard;
    RealtimeCounts other;
    {
        // Starting the thread itself allocates; what matters is what the thread then does.
        std::thread thread([&] {
            RealtimeGuard inner;
            escaped = std::malloc(10);
            std::free(escaped);
            other = inner.stop();
        });
        thread.join();
    }
    const auto own = guard.stop();
    CHECK(other.allocations == 1);
    CHECK(own.allocations <= 3);
}
