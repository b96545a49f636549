#include "Player/NoteTable.h"

#include <algorithm>

namespace organum::player
{

bool NoteTable::start(EventList& events, int offset, const NoteStart& note)
{
    const auto channel = static_cast<std::uint8_t>(note.channel);
    const auto pitch = static_cast<std::uint8_t>(note.pitch);
    const auto line = static_cast<std::uint8_t>(1u << note.line);
    for (std::size_t i = 0; i < used; ++i) {
        Sounding& sounding = notes[i];
        if (sounding.channel != channel || sounding.pitch != pitch)
            continue;
        if (sounding.tick == note.tick) {
            sounding.lines |= line;
            sounding.endTick = std::max(sounding.endTick, note.endTick);
            return true;
        }
        endAt(events, offset, i);
        break;
    }
    // Room for this note-on and for the note-offs of all that would then sound.
    if (events.room() < used + 2)
        return false;
    events.add({offset, static_cast<std::uint8_t>(0x90 | channel), pitch,
                static_cast<std::uint8_t>(note.velocity)});
    notes[used++] = {note.tick, note.endTick, channel, pitch, line};
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

void NoteTable::endLine(EventList& events, int offset, int line)
{
    const unsigned others = ~(1u << line);
    for (std::size_t i = 0; i < used;) {
        const bool played = (notes[i].lines & ~others) != 0;
        notes[i].lines = static_cast<std::uint8_t>(notes[i].lines & others);
        if (played && notes[i].lines == 0)
            endAt(events, offset, i);
        else
            ++i;
    }
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
