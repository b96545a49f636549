#include "Plugin/Locks.h"

#include <tuple>

namespace organum::plugin
{

namespace
{

bool isBefore(const TakeNote& a, const TakeNote& b)
{
    return std::tie(a.voice, a.onset, a.pitch, a.duration, a.velocity) <
           std::tie(b.voice, b.onset, b.pitch, b.duration, b.velocity);
}

/** The notes that begin in locked cells, ordered by voice and time, clipped at `length`. */
std::vector<TakeNote> lockedNotes(const Take& take, const std::vector<std::uint32_t>& cells,
                                  std::int64_t length)
{
    std::vector<TakeNote> notes;
    for (TakeNote note : take.notes) {
        const auto bar = static_cast<std::size_t>(note.onset / take.barLength());
        if (bar >= cells.size() || (cells[bar] >> note.voice & 1u) == 0 || note.onset >= length)
            continue;
        note.duration = std::min(note.duration, length - note.onset);
        notes.push_back(note);
    }
    std::sort(notes.begin(), notes.end(), isBefore);
    return notes;
}

} // namespace

std::vector<std::uint32_t> lockedCells(const Locks& locks, const Take& take, int bars)
{
    constexpr std::uint32_t everyVoice = (1u << largestVoices) - 1u;
    std::vector<std::uint32_t> cells(static_cast<std::size_t>(std::min(bars, take.bars)),
                                     locks.voices & everyVoice);
    for (const int bar : locks.bars)
        if (bar >= 0 && bar < static_cast<int>(cells.size()))
            cells[static_cast<std::size_t>(bar)] = everyVoice;
    return cells;
}

std::string lockProblem(const Take& take, const Take& kept, const std::vector<std::uint32_t>& cells)
{
    const std::vector<TakeNote> wanted = lockedNotes(kept, cells, take.length());
    const std::vector<TakeNote> found = lockedNotes(take, cells, take.length());
    std::size_t next = 0;
    for (const TakeNote& note : found) {
        if (next < wanted.size() && note == wanted[next])
            ++next;
        else if (note.onset % take.barLength() != 0)
            return "a locked bar got a note that was not there";
    }
    return next == wanted.size() ? std::string() : "a locked note was changed";
}

} // namespace organum::plugin
