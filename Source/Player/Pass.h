#pragma once

// A stretch of the host's time in which some music runs on evenly: a loop, one shot, a bar of
// endless music, an answer. It finds the notes in the order in which they are played, feel
// included.

#include "Player/Feel.h"
#include "Player/NoteTable.h"
#include "Player/Timeline.h"

#include <cstddef>
#include <cstdint>

namespace organum::player
{

/** A note that comes next. */
struct NextNote
{
    std::int64_t tick = NoteTable::never; ///< in the host's time
    std::int64_t endTick = NoteTable::never;
    int index = -1; ///< in the timeline
    std::uint8_t velocity = 90;
};

struct Pass
{
    const Timeline* music = nullptr;     ///< null: silence
    std::int64_t begin = 0;              ///< the host's tick ...
    std::int64_t from = 0;               ///< ... at which this tick of the music comes
    std::int64_t end = NoteTable::never; ///< the host's tick before which every note begins
    bool loops = false;                  ///< begins anew whenever the music ends

    /** The first note at or after that tick of the host; audio thread. */
    NextNote noteAtOrAfter(std::int64_t tick, const Feel& feel) const;
    /** The note that follows; `note` must have come from this pass with this feel. */
    NextNote noteAfter(const NextNote& note, const Feel& feel) const;
    /** The first bar line at or after that tick of the host. */
    std::int64_t barAtOrAfter(std::int64_t tick) const;
    /** Place in the music at that tick of the host; negative outside. */
    std::int64_t placeOf(std::int64_t tick) const;

private:
    NextNote firstBehind(std::int64_t tick, int index, const Feel& feel) const;
    NextNote firstOfRound(std::int64_t round, std::int64_t place, int index,
                          const Feel& feel) const;
};

} // namespace organum::player
