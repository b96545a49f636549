#pragma once

// One finished piece of generated music, and what it takes to play, draw, save and go on from it.

#include "Player/Timeline.h"
#include "Score/Score.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace organum::plugin
{

struct TakeNote
{
    std::int64_t onset = 0;    ///< ticks (player::ticksPerQuarter to a quarter)
    std::int64_t duration = 0; ///< ticks, > 0
    int pitch = 60;
    int velocity = 90;
    bool operator==(const TakeNote& other) const;
};

/** A plain value, immutable once shared. */
struct Take
{
    std::string model; ///< the name of the bundle that wrote it
    std::uint64_t seed = 0;
    int bars = 0;
    int metreNumerator = 4;
    int metreDenominator = 4;
    std::vector<TakeNote> notes; ///< by onset, then pitch
    std::string notice;          ///< what the engine had to change, if anything

    std::int64_t barLength() const; ///< ticks
    std::int64_t length() const { return barLength() * bars; }
    bool operator==(const Take& other) const;
};

using TakePointer = std::shared_ptr<const Take>;

constexpr int largestTakeBars = 1024;
constexpr std::size_t largestTakeNotes = 200000;

/** Empty when all is well, else what is wrong with it. */
std::string problemWith(const Take& take);

std::unique_ptr<const player::Timeline> timelineOf(const Take& take);

/** One part on that channel (0..15). beatsPerMinute goes into the tempo map. */
score::Score scoreOf(const Take& take, int channel, double beatsPerMinute);

/** `first`, then `second` shifted behind it; the names and the metre are those of `first`. */
Take joined(const Take& first, const Take& second);

} // namespace organum::plugin
