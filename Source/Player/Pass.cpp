#include "Player/Pass.h"

#include "Player/Ticks.h"

#include <algorithm>

namespace organum::player
{

NextNote Pass::noteAtOrAfter(std::int64_t tick, const Feel& feel) const
{
    return firstBehind(tick, -1, feel);
}

NextNote Pass::noteAfter(const NextNote& note, const Feel& feel) const
{
    return firstBehind(note.tick, note.index, feel);
}

std::int64_t Pass::barAtOrAfter(std::int64_t tick) const
{
    const std::int64_t bar = music != nullptr ? music->barLength() : 4 * ticksPerQuarter;
    const std::int64_t first = begin - from;
    return first + roundUp(tick - first, bar);
}

std::int64_t Pass::placeOf(std::int64_t tick) const
{
    if (music == nullptr || tick >= end)
        return -1;
    const std::int64_t place = from + tick - begin;
    return loops ? floorModulo(place, music->length()) : place < music->length() ? place : -1;
}

/** The first note behind the pair of that tick and index. */
NextNote Pass::firstBehind(std::int64_t tick, int index, const Feel& feel) const
{
    if (music == nullptr || music->notes().empty())
        return {};
    const std::int64_t place = from + tick - begin;
    if (!loops)
        return firstOfRound(0, place, index, feel);
    const std::int64_t round = floorDivide(place, music->length());
    const NextNote next = firstOfRound(round, place - round * music->length(), index, feel);
    return next.index >= 0 ? next : firstOfRound(round + 1, 0, -1, feel);
}

NextNote Pass::firstOfRound(std::int64_t round, std::int64_t place, int index,
                            const Feel& feel) const
{
    const auto& notes = music->notes();
    const FeelPlace where{music->barLength(), music->length(), music->start(), music->seed()};
    const std::int64_t early = feel.mostEarly();
    std::int64_t soonest = NoteTable::never;
    NextNote next;
    // Feel may change the order of notes that lie close together: all that could come first are
    // looked at.
    for (auto i = music->firstAtOrAfter(place - feel.mostLate()); i < notes.size(); ++i) {
        if (notes[i].onset - early > soonest)
            break;
        const FeltNote note = felt(notes[i], feel, where);
        const auto position = static_cast<int>(i);
        if (note.onset < place || (note.onset == place && position <= index) ||
            note.onset >= soonest)
            continue;
        soonest = note.onset;
        next.tick = begin + round * music->length() + note.onset - from;
        next.endTick = next.tick + note.end - note.onset;
        next.index = position;
        next.velocity = note.velocity;
    }
    return next.tick < end ? next : NextNote{};
}

} // namespace organum::player
