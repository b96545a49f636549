#include "Plugin/Watchdog.h"

#include <catch2/catch.hpp>

using organum::plugin::Watchdog;
using namespace std::chrono_literals;

TEST_CASE("a watchdog calls silent who takes no step for longer than its patience")
{
    Watchdog dog(10s);
    const Watchdog::Clock::time_point start;
    CHECK_FALSE(dog.isSilent(0, start + 100s)); // nothing is known before the first look
    CHECK_FALSE(dog.isSilent(0, start + 110s));
    CHECK(dog.isSilent(0, start + 111s));
    CHECK(dog.isSilent(0, start + 500s));
    CHECK_FALSE(dog.isSilent(1, start + 501s)); // a step, and all is well
    CHECK_FALSE(dog.isSilent(1, start + 511s));
    CHECK(dog.isSilent(1, start + 512s));
}

TEST_CASE("a watchdog never minds who is slow but works")
{
    Watchdog dog(10s);
    Watchdog::Clock::time_point now;
    for (std::uint64_t step = 0; step < 100; ++step, now += 9s)
        CHECK_FALSE(dog.isSilent(step, now));
}
