#pragma once

// Notices that the knobs of a model were moved since music was last wished for, whoever
// moved them: a mouse, a key or a host's automation. One long movement of a knob makes many takes
// but is one step of undo.

#include "Plugin/Settings.h"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

namespace organum::plugin
{

/** Thread-safe; never used on the audio thread. */
class KnobWatch
{
public:
    using Clock = std::chrono::steady_clock;
    /** A pause as long as this ends a movement. */
    static constexpr std::chrono::milliseconds pause{1500};

    struct Movement
    {
        std::uint64_t id = 0; ///< the same for all steps of one movement of the same knobs
    };

    /** Something when knobs stand elsewhere than when last asked or settled. */
    std::optional<Movement> look(const Settings& now, Clock::time_point time, bool hasVoices = true)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        if (!known) {
            known = now;
            return {};
        }
        const std::uint64_t moved =
            hasVoices ? now.differencesForVoices(*known) : now.differencesForLines(*known);
        if (moved == 0)
            return {};
        known = now;
        if (moved != lastMoved || time - lastTime > pause)
            ++movements;
        lastMoved = moved;
        lastTime = time;
        return Movement{movements};
    }

    /** The knobs stand where they should: nothing is to be composed because of them, and what is
        moved next is another movement. */
    void settle(const Settings& now)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        known = now;
        lastMoved = 0;
    }

private:
    std::mutex mutex;
    std::optional<Settings> known;
    std::uint64_t lastMoved = 0;
    Clock::time_point lastTime;
    std::uint64_t movements = 0;
};

} // namespace organum::plugin
