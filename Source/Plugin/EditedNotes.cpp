#include "Plugin/EditedNotes.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace organum::plugin
{

namespace
{

/** What would sound for less is no note any more: a 64th. */
constexpr std::int64_t shortestRest = player::ticksPerQuarter / 16;

bool isLocked(const TakeNote& note, std::int64_t barLength, const std::vector<std::uint32_t>& cells)
{
    const auto bar = static_cast<std::size_t>(note.onset / barLength);
    return bar < cells.size() && (cells[bar] >> note.voice & 1u) != 0;
}

/** What is left of a note beside an edited one of its voice; a duration of 0: nothing. */
TakeNote cut(TakeNote note, const TakeNote& edited)
{
    const std::int64_t end = note.onset + note.duration;
    const std::int64_t editedEnd = edited.onset + edited.duration;
    if (note.voice != edited.voice || end <= edited.onset || note.onset >= editedEnd)
        return note;
    if (note.onset < edited.onset) {
        note.duration = edited.onset - note.onset;
    } else {
        note.onset = std::min(editedEnd, end);
        note.duration = end - note.onset;
    }
    if (note.duration < shortestRest)
        note.duration = 0;
    return note;
}

} // namespace

bool isBefore(const TakeNote& a, const TakeNote& b)
{
    return std::tie(a.onset, a.voice, a.pitch, a.duration) <
           std::tie(b.onset, b.voice, b.pitch, b.duration);
}

bool hasEditedNotes(const Take& take)
{
    return std::any_of(take.notes.begin(), take.notes.end(),
                       [](const TakeNote& note) { return note.isEdited; });
}

std::vector<TakeNote> editedNotes(const Take& take, std::int64_t length)
{
    std::vector<TakeNote> notes;
    for (TakeNote note : take.notes) {
        if (!note.isEdited || note.onset >= length)
            continue;
        note.duration = std::min(note.duration, length - note.onset);
        notes.push_back(note);
    }
    return notes;
}

void keepEdited(Take& fresh, const Take& kept, const std::vector<std::uint32_t>& lockedCells)
{
    const std::vector<TakeNote> edited = editedNotes(kept, fresh.length());
    if (edited.empty())
        return;
    std::vector<TakeNote> notes;
    for (TakeNote note : fresh.notes) {
        // The engine may have heard an edited note already; it comes back once.
        const auto isSame = [&note](const TakeNote& other) {
            return std::tie(note.onset, note.duration, note.pitch, note.voice) ==
                   std::tie(other.onset, other.duration, other.pitch, other.voice);
        };
        if (std::any_of(edited.begin(), edited.end(), isSame))
            continue;
        if (!isLocked(note, fresh.barLength(), lockedCells)) {
            for (const TakeNote& each : edited)
                if (note.duration > 0)
                    note = cut(note, each);
            if (isLocked(note, fresh.barLength(), lockedCells))
                continue; // pushed into a locked bar, where nothing new begins
        }
        if (note.duration > 0)
            notes.push_back(note);
    }
    notes.insert(notes.end(), edited.begin(), edited.end());
    std::stable_sort(notes.begin(), notes.end(), isBefore);
    fresh.notes = std::move(notes);
}

void markEdited(Take& take, const Take& like)
{
    const auto musicOf = [](const TakeNote& note) {
        return std::make_tuple(note.onset, note.pitch, note.voice, note.duration, note.velocity);
    };
    std::set<decltype(musicOf({}))> edited;
    for (const TakeNote& note : editedNotes(like, take.length()))
        edited.insert(musicOf(note));
    for (TakeNote& note : take.notes)
        note.isEdited = edited.count(musicOf(note)) > 0;
}

bool keepsEdited(const Take& take, const Take& kept)
{
    const auto edited = editedNotes(kept, take.length());
    return std::all_of(edited.begin(), edited.end(), [&take](const TakeNote& note) {
        return std::find(take.notes.begin(), take.notes.end(), note) != take.notes.end();
    });
}

} // namespace organum::plugin
