#pragma once

// Notices that somebody who counts his steps has stopped. Its owner looks now and then; it has no
// thread and no clock of its own.

#include <chrono>
#include <cstdint>

namespace organum::plugin
{

class Watchdog
{
public:
    using Clock = std::chrono::steady_clock;

    explicit Watchdog(Clock::duration patienceIn)
        : patience(patienceIn)
    {
    }

    /** True when the count has stood still for longer than the patience. */
    bool isSilent(std::uint64_t steps, Clock::time_point now)
    {
        if (steps != lastSteps || !hasLooked) {
            hasLooked = true;
            lastSteps = steps;
            lastChange = now;
        }
        return now - lastChange > patience;
    }

private:
    Clock::duration patience;
    std::uint64_t lastSteps = 0;
    Clock::time_point lastChange;
    bool hasLooked = false;
};

} // namespace organum::plugin
