#pragma once

// Where the wished harmony stands: a text has no place among a host's parameters, so it is kept
// beside them.

#include "Plugin/Settings.h"

#include <mutex>
#include <utility>

namespace organum::plugin
{

/** Any thread but the audio thread. */
class HarmonyBox
{
public:
    Harmony get() const
    {
        const std::lock_guard<std::mutex> lock(mutex);
        return harmony;
    }
    void set(Harmony harmonyIn)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        harmony = std::move(harmonyIn);
    }

private:
    mutable std::mutex mutex;
    Harmony harmony;
};

} // namespace organum::plugin
