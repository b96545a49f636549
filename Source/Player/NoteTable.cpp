#include "Player/NoteTable.h"

namespace organum::player
{

bool NoteTable::start(EventList& events, int offset, int channel, int pitch, int velocity,
                      std::int64_t endTick)
{
    for (std::size_t i = 0; i < used; ++i) {
        if (notes[i].channel == channel && notes[i].pitch == pitch) {
            endAt(events, offset, i);
            break;
        }
    }
    // Room for this note-on and for the note-offs of all that would then sound.
    if (events.room() < used + 2)
        return false;
    events.add({offset, static_cast<std::uint8_t>(0x90 | channel), static_cast<std::uint8_t>(pitch),
                static_cast<std::uint8_t>(velocity)});
    notes[used++] = {endTick, static_cast<std::uint8_t>(channel), static_cast<std::uint8_t>(pitch)};
    return true;
}

std::int64_t NoteTable::nextEnd() const
{
    std::int64_t earliest = never;
    for (std::size_t i = 0; i < used; ++i)
        if (notes[i].endTick < earliest)
            earliest = notes[i].endTick;
    return earliest;
}

void NoteTable::endUntil(EventList& events, int offset, std::int64_t tick)
{
    for (std::size_t i = 0; i < used;) {
        if (notes[i].endTick <= tick)
            endAt(events, offset, i);
        else
            ++i;
    }
}

void NoteTable::endAll(EventList& events, int offset)
{
    while (used > 0)
        endAt(events, offset, 0);
}

void NoteTable::endAt(EventList& events, int offset, std::size_t index)
{
    events.add(
        {offset, static_cast<std::uint8_t>(0x80 | notes[index].channel), notes[index].pitch, 0});
    // Keeps the order in which notes began, so that equal timelines give equal bytes.
    --used;
    for (std::size_t i = index; i < used; ++i)
        notes[i] = notes[i + 1];
}

} // namespace organum::player
