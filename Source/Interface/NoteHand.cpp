#include "Interface/NoteHand.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <utility>

namespace organum::editor
{

namespace
{

/** Of a key that may be held or pressed again and again. */
EditName keys(const std::string& label)
{
    return {label, label};
}

} // namespace

void NoteHand::changed() const
{
    if (onChange)
        onChange();
}

void NoteHand::setTake(plugin::TakePointer takeIn)
{
    if (takeIn == base)
        return;
    plugin::Selection kept;
    if (const plugin::Take* shown = take(); shown != nullptr && takeIn != nullptr)
        for (const std::size_t place : selection()) {
            const auto& notes = takeIn->notes;
            const auto found = std::find(notes.begin(), notes.end(), shown->notes[place]);
            if (found != notes.end())
                kept.push_back(static_cast<std::size_t>(found - notes.begin()));
        }
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    base = std::move(takeIn);
    selected = std::move(kept);
    draft.reset();
    inGesture = false;
    changed();
}

bool NoteHand::isSelected(std::size_t note) const
{
    const plugin::Selection& now = selection();
    return std::binary_search(now.begin(), now.end(), note);
}

// ---- selecting ---------------------------------------------------------------------------------

void NoteHand::select(plugin::Selection wanted)
{
    std::sort(wanted.begin(), wanted.end());
    selected = std::move(wanted);
    changed();
}

void NoteHand::toggle(std::size_t note)
{
    plugin::Selection now = selection();
    const auto place = std::lower_bound(now.begin(), now.end(), note);
    if (place != now.end() && *place == note)
        now.erase(place);
    else
        now.insert(place, note);
    select(std::move(now));
}

void NoteHand::selectAll()
{
    if (take() == nullptr)
        return;
    plugin::Selection all(take()->notes.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    select(std::move(all));
}

void NoteHand::selectNext(int by, bool adds)
{
    if (take() == nullptr || take()->notes.empty())
        return;
    const auto count = static_cast<int>(take()->notes.size());
    plugin::Selection now = selection();
    int next = by > 0 ? 0 : count - 1;
    if (!now.empty())
        next = std::clamp(static_cast<int>(by > 0 ? now.back() : now.front()) + by, 0, count - 1);
    if (!adds)
        now.clear();
    if (!std::binary_search(now.begin(), now.end(), static_cast<std::size_t>(next)))
        now.push_back(static_cast<std::size_t>(next));
    select(std::move(now));
}

// ---- changing ----------------------------------------------------------------------------------

bool NoteHand::commit(plugin::NoteEdit edit, const EditName& name)
{
    draft.reset();
    plugin::TakePointer taken;
    if (base != nullptr && onEdit && !(edit.take == *base))
        taken = onEdit(base, edit.take, name);
    if (taken != nullptr) {
        base = taken;
        selected = std::move(edit.selection);
    }
    changed();
    return taken != nullptr;
}

bool NoteHand::move(std::int64_t ticks, int semitones)
{
    return take() != nullptr && !selection().empty() &&
           commit(plugin::moved(*take(), selection(), ticks, semitones), keys("Move notes"));
}

bool NoteHand::lengthen(std::int64_t ticks)
{
    return take() != nullptr && !selection().empty() &&
           commit(plugin::lengthened(*take(), selection(), ticks,
                                     std::min(grid().step(), std::abs(ticks))),
                  keys("Lengthen notes"));
}

bool NoteHand::makeLouder(int by)
{
    return take() != nullptr && !selection().empty() &&
           commit(plugin::louder(*take(), selection(), by), keys("Change velocity"));
}

bool NoteHand::erase()
{
    return take() != nullptr && !selection().empty() &&
           commit(plugin::without(*take(), selection()), {"Delete notes", {}});
}

bool NoteHand::add(const plugin::TakeNote& note)
{
    return take() != nullptr && commit(plugin::withNote(*take(), note), {"Add note", {}});
}

bool NoteHand::unlock()
{
    return take() != nullptr &&
           commit(plugin::released(*take(), selection().empty() ? plugin::editedPlaces(*take())
                                                                : selection()),
                  {"Unlock notes", {}});
}

void NoteHand::begin(const std::string& labelIn)
{
    inGesture = true;
    label = labelIn;
}

void NoteHand::show(plugin::NoteEdit edit)
{
    if (!inGesture)
        return;
    draft = std::move(edit);
    changed();
}

void NoteHand::end()
{
    if (!std::exchange(inGesture, false) || !draft)
        return;
    commit(*std::exchange(draft, std::nullopt), {label, {}});
}

void NoteHand::cancel()
{
    if (std::exchange(inGesture, false))
        draft.reset();
    changed();
}

int NoteHand::voiceFor(std::int64_t tick, int pitch) const
{
    int voice = 0;
    std::int64_t nearest = std::numeric_limits<std::int64_t>::max();
    if (take() == nullptr || !take()->hasVoices())
        return voice;
    for (const plugin::TakeNote& note : take()->notes) {
        // A semitone counts as a quarter note.
        const std::int64_t way = std::abs(note.pitch - pitch) * player::ticksPerQuarter +
                                 std::abs(note.onset + note.duration / 2 - tick);
        if (way < nearest) {
            nearest = way;
            voice = note.voice;
        }
    }
    return voice;
}

} // namespace organum::editor
