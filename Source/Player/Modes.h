#pragma once

// How a take is played: the modes a musician chooses from, and what each must know. Plain values,
// read once a block.

#include "Player/Timeline.h"

#include <cstdint>

namespace organum::player
{

/** The values are places of a host's parameter: never renumber. */
enum class Mode
{
    loop = 0,            ///< the take's bars follow the host's bars, round after round
    endless = 1,         ///< the take goes on, bar after bar, as long as time runs
    oneShot = 2,         ///< a key starts the take, which ends after its bars
    callAndResponse = 3, ///< some bars are listened to, as many are answered
    hold = 4,            ///< the take plays from its start while a key is held
    latch = 5            ///< a key starts it, the next key ends it
};
constexpr int modeCount = 6;

constexpr bool isTriggered(Mode mode)
{
    return mode == Mode::oneShot || mode == Mode::hold || mode == Mode::latch;
}

/** Where a triggered take may begin. The values are places of a parameter: never renumber. */
enum class Grid
{
    atOnce = 0,
    sixteenth = 1,
    eighth = 2,
    quarter = 3,
    bar = 4
};
constexpr int gridCount = 5;

struct ModeSettings
{
    Mode mode = Mode::loop;
    Grid grid = Grid::bar;
    int callBars = 2;                            ///< listened to, and answered
    std::int64_t barTicks = 4 * ticksPerQuarter; ///< of the host's metre, > 0

    bool operator==(const ModeSettings& other) const
    {
        return mode == other.mode && grid == other.grid && callBars == other.callBars &&
               barTicks == other.barTicks;
    }
};

} // namespace organum::player
