#include "Support/RealtimeGuard.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>
#include <thread>

using organum::support::RealtimeCounts;
using organum::support::RealtimeGuard;
using organum::support::realtimeGuardIsActive;

namespace
{

// The optimiser removes an allocation that nobody can see.
void* volatile escaped = nullptr;

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

} // namespace

TEST_CASE("the guard sees malloc and free")
{
    if (!active())
        return;
    const auto counts = countsOf([] {
        escaped = std::malloc(100);
        std::free(escaped);
    });
    CHECK(counts.allocations == 1);
    CHECK(counts.frees == 1);
}

TEST_CASE("the guard sees new, delete and aligned memory")
{
    if (!active())
        return;
    const auto counts = countsOf([] {
        auto* number = new int(3);
        escaped = number;
        delete number;
        escaped = std::aligned_alloc(64, 128);
        std::free(escaped);
    });
    CHECK(counts.allocations == 2);
    CHECK(counts.frees == 2);
}

TEST_CASE("the guard sees a lock, a wait and a written file")
{
    if (!active())
        return;
    std::mutex mutex;
    CHECK(countsOf([&] { const std::lock_guard<std::mutex> lock(mutex); }).locks == 1);
    CHECK(countsOf([] { std::this_thread::sleep_for(std::chrono::microseconds(1)); }).total() >= 1);
    std::ofstream file("/dev/null");
    CHECK(countsOf([&] { file << "text" << std::flush; }).files >= 1);
    CHECK(countsOf([] { const std::ifstream other("/dev/null"); }).total() >= 1);
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
