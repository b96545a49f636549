#pragma once

// What the musician wants kept when music is composed anew: voices, by their parameters, and bars.

#include "Plugin/Take.h"

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace organum::plugin
{

/** A plain value. */
struct Locks
{
    std::uint32_t voices = 0; ///< bit v: voice v is kept in every bar
    std::vector<int> bars;    ///< ascending, 0 = the first: kept in every voice

    bool any() const { return voices != 0 || !bars.empty(); }
    bool operator==(const Locks& other) const
    {
        return voices == other.voices && bars == other.bars;
    }
};

/** One mask a bar, bit v = voice v keeps what `take` has there; no longer than either `bars` or
    the take. */
std::vector<std::uint32_t> lockedCells(const Locks& locks, const Take& take, int bars);

/** Empty when `take` has every note of `kept` that begins in a locked cell and no other note
    beginning there, but for those struck on the bar line where one sounds on into the cell; else
    what is wrong. `kept` may be longer than `take`. */
std::string lockProblem(const Take& take, const Take& kept,
                        const std::vector<std::uint32_t>& cells);

/** The locked bars of an instance. Thread-safe; never used on the audio thread. */
class BarLocks
{
public:
    std::vector<int> bars() const
    {
        const std::lock_guard<std::mutex> lock(mutex);
        return locked;
    }
    bool isLocked(int bar) const
    {
        const std::lock_guard<std::mutex> lock(mutex);
        return std::binary_search(locked.begin(), locked.end(), bar);
    }
    void toggle(int bar)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        const auto place = std::lower_bound(locked.begin(), locked.end(), bar);
        if (place != locked.end() && *place == bar)
            locked.erase(place);
        else
            locked.insert(place, bar);
    }
    /** `bars` ascending. */
    void replace(std::vector<int> bars)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        locked = std::move(bars);
    }

private:
    mutable std::mutex mutex;
    std::vector<int> locked;
};

} // namespace organum::plugin
