#include "Plugin/NoteEdits.h"

#include "Plugin/EditedNotes.h"

#include <algorithm>
#include <numeric>

namespace organum::plugin
{

namespace
{

/** Applies `change` to each selected note, and puts the notes into order again. */
template <typename Change>
NoteEdit changed(const Take& take, const Selection& selection, Change&& change)
{
    std::vector<TakeNote> notes = take.notes;
    std::vector<char> isSelected(notes.size(), 0);
    for (const std::size_t place : selection) {
        if (place >= notes.size())
            continue;
        change(notes[place]);
        isSelected[place] = 1;
    }
    std::vector<std::size_t> order(notes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&notes](std::size_t a, std::size_t b) {
        return isBefore(notes[a], notes[b]);
    });
    NoteEdit edit{take, {}};
    for (std::size_t i = 0; i < order.size(); ++i) {
        edit.take.notes[i] = notes[order[i]];
        if (isSelected[order[i]] != 0)
            edit.selection.push_back(i);
    }
    return edit;
}

} // namespace

NoteEdit moved(const Take& take, const Selection& selection, std::int64_t ticks, int semitones)
{
    for (const std::size_t place : selection) {
        const TakeNote& note = take.notes.at(place);
        ticks = std::clamp(ticks, -note.onset, take.length() - note.onset - note.duration);
        semitones = std::clamp(semitones, -note.pitch, 127 - note.pitch);
    }
    if (ticks == 0 && semitones == 0)
        return {take, selection};
    return changed(take, selection, [=](TakeNote& note) {
        note.onset += ticks;
        note.pitch += semitones;
        note.isEdited = true;
    });
}

NoteEdit lengthened(const Take& take, const Selection& selection, std::int64_t ticks,
                    std::int64_t shortest)
{
    return changed(take, selection, [&](TakeNote& note) {
        const std::int64_t longest = take.length() - note.onset;
        const std::int64_t wanted = std::clamp(
            note.duration + ticks, std::min(std::max<std::int64_t>(shortest, 1), longest), longest);
        note.isEdited = note.isEdited || wanted != note.duration;
        note.duration = wanted;
    });
}

NoteEdit louder(const Take& take, const Selection& selection, int change)
{
    return changed(take, selection, [&](TakeNote& note) {
        const int wanted = std::clamp(note.velocity + change, 1, 127);
        note.isEdited = note.isEdited || wanted != note.velocity;
        note.velocity = wanted;
    });
}

NoteEdit without(const Take& take, const Selection& selection)
{
    NoteEdit edit{take, {}};
    edit.take.notes.clear();
    for (std::size_t i = 0; i < take.notes.size(); ++i)
        if (!std::binary_search(selection.begin(), selection.end(), i))
            edit.take.notes.push_back(take.notes[i]);
    return edit;
}

NoteEdit withNote(const Take& take, TakeNote note)
{
    NoteEdit edit{take, {}};
    if (note.onset < 0 || note.onset >= take.length() || take.notes.size() >= largestTakeNotes)
        return edit;
    note.duration = std::clamp<std::int64_t>(note.duration, 1, take.length() - note.onset);
    note.pitch = std::clamp(note.pitch, 0, 127);
    note.velocity = std::clamp(note.velocity, 1, 127);
    note.voice = std::clamp(note.voice, 0, take.voices() - 1);
    note.isEdited = true;
    const auto place =
        std::upper_bound(edit.take.notes.begin(), edit.take.notes.end(), note,
                         [](const TakeNote& a, const TakeNote& b) { return a.onset < b.onset; });
    edit.selection = {static_cast<std::size_t>(place - edit.take.notes.begin())};
    edit.take.notes.insert(place, note);
    return edit;
}

NoteEdit released(const Take& take, const Selection& selection)
{
    return changed(take, selection, [](TakeNote& note) { note.isEdited = false; });
}

Selection editedPlaces(const Take& take)
{
    Selection places;
    for (std::size_t i = 0; i < take.notes.size(); ++i)
        if (take.notes[i].isEdited)
            places.push_back(i);
    return places;
}

} // namespace organum::plugin
