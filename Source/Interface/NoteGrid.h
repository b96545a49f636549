#pragma once

// The grid that edited notes snap to.

#include "Player/Timeline.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace organum::editor
{

struct NoteGrid
{
    const char* name;
    std::int64_t ticks; ///< 0: no snapping

    /** The grid line nearest to a time. */
    std::int64_t nearest(std::int64_t tick) const
    {
        return ticks > 0 ? (tick + ticks / 2) / ticks * ticks : tick;
    }
    /** The grid line at or before a time. */
    std::int64_t before(std::int64_t tick) const { return ticks > 0 ? tick / ticks * ticks : tick; }
    /** The way of one step, also without a grid: a 64th then. */
    std::int64_t step() const { return ticks > 0 ? ticks : player::ticksPerQuarter / 16; }
};

constexpr std::array<NoteGrid, 8> noteGrids{{{"Snap off", 0},
                                             {"1/4", player::ticksPerQuarter},
                                             {"1/8", player::ticksPerQuarter / 2},
                                             {"1/16", player::ticksPerQuarter / 4},
                                             {"1/32", player::ticksPerQuarter / 8},
                                             {"1/4 triplet", player::ticksPerQuarter * 2 / 3},
                                             {"1/8 triplet", player::ticksPerQuarter / 3},
                                             {"1/16 triplet", player::ticksPerQuarter / 6}}};
constexpr std::size_t sixteenthGrid = 3;

} // namespace organum::editor
