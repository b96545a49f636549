#pragma once

// Every sounding note with the moment of its end: a note-off comes from here, whatever has
// happened to the music since. Together with the event list it keeps one promise: there is always
// room in the block to end everything that sounds.

#include "Player/EventList.h"

#include <array>
#include <cstdint>
#include <limits>

namespace organum::player
{

/** A note that is to begin. */
struct NoteStart
{
    int line = 0; ///< who plays it, below lineCount
    int channel = 0;
    int pitch = 60;
    int velocity = 90;
    std::int64_t tick = 0;
    std::int64_t endTick = 0;
};

class NoteTable
{
public:
    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

    /** Ends a sounding note of equal channel and pitch first; one that began at the very same tick
        is shared instead, as two voices in unison on one channel are one key. False when the note
        had to be left out, because the block has no more room for it and its end. Audio thread. */
    bool start(EventList& events, int offset, const NoteStart& note);

    /** The earliest end, `never` when nothing sounds. */
    std::int64_t nextEnd() const;

    /** Ends each note whose time is at or before that tick. */
    void endUntil(EventList& events, int offset, std::int64_t tick);
    void endAll(EventList& events, int offset);
    /** Ends the notes of one line, but for those it shares with another. */
    void endLine(EventList& events, int offset, int line);

    std::size_t sounding() const { return used; }

private:
    struct Sounding
    {
        std::int64_t tick = 0;
        std::int64_t endTick = 0;
        std::uint8_t channel = 0;
        std::uint8_t pitch = 0;
        std::uint8_t lines = 0; ///< bit l: line l plays it
    };
    void endAt(EventList& events, int offset, std::size_t index);

    std::array<Sounding, EventList::capacity> notes;
    std::size_t used = 0;
};

} // namespace organum::player
