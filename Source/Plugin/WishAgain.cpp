#include "Plugin/WishAgain.h"

#include "Plugin/EditedNotes.h"
#include "Plugin/TakeModel.h"

#include <algorithm>
#include <utility>

namespace organum::plugin
{

namespace
{

/** Of a new note where the voice was silent. */
constexpr std::int64_t newDuration = player::ticksPerQuarter / 2;

bool isLocked(const Locks& locks, const Take& take, int voice, std::int64_t tick)
{
    const auto bar = static_cast<int>(tick / take.barLength());
    return (locks.voices >> voice & 1u) != 0 ||
           std::binary_search(locks.bars.begin(), locks.bars.end(), bar);
}

} // namespace

// ---- memory ------------------------------------------------------------------------------------

void WishMemory::add(Entry entry)
{
    entries.erase(std::remove_if(entries.begin(), entries.end(),
                                 [](const Entry& each) { return each.take.expired(); }),
                  entries.end());
    if (entries.size() == capacity)
        entries.erase(entries.begin());
    entries.push_back(std::move(entry));
}

const WishMemory::Entry* WishMemory::entryOf(const TakePointer& take) const
{
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const Entry& each) { return each.take.lock() == take; });
    return found != entries.end() ? &*found : nullptr;
}

void WishMemory::remember(const TakePointer& take, const Wish& wish)
{
    const std::lock_guard<std::mutex> lock(mutex);
    add({take, wish, plugin::sourceOf(wish)});
}

void WishMemory::remember(const TakePointer& take, const TakeSource& source)
{
    const std::lock_guard<std::mutex> lock(mutex);
    add({take, std::nullopt, source});
}

void WishMemory::follow(const TakePointer& before, const TakePointer& after)
{
    if (before == after)
        return;
    const std::lock_guard<std::mutex> lock(mutex);
    const auto known = std::find_if(entries.begin(), entries.end(),
                                    [&](const Entry& each) { return each.take.lock() == before; });
    if (known == entries.end())
        return;
    // Undo may bring `before` back, so it stays; but many edits of one take must not push the
    // others out.
    Entry next = *known;
    next.take = after;
    if (entries.size() >= capacity)
        entries.erase(known);
    add(std::move(next));
}

std::optional<Wish> WishMemory::find(const TakePointer& take) const
{
    const std::lock_guard<std::mutex> lock(mutex);
    const Entry* entry = entryOf(take);
    return entry != nullptr ? entry->wish : std::nullopt;
}

TakeSource WishMemory::sourceOf(const TakePointer& take) const
{
    const std::lock_guard<std::mutex> lock(mutex);
    const Entry* entry = entryOf(take);
    return entry != nullptr ? entry->source : TakeSource{};
}

// ---- again -------------------------------------------------------------------------------------

namespace
{

/** The bars that were gone on from. */
TakePointer firstBars(const Take& take, int bars)
{
    Take first = take;
    first.bars = bars;
    first.notes.erase(
        std::remove_if(first.notes.begin(), first.notes.end(),
                       [&](const TakeNote& note) { return note.onset >= first.length(); }),
        first.notes.end());
    for (TakeNote& note : first.notes)
        note.duration = std::min(note.duration, first.length() - note.onset);
    return std::make_shared<const Take>(std::move(first));
}

/** What branchOffVoice() held, as it stands in the take that came of it. */
TakePointer heldNotes(const Take& take, int bars, const HeldPlace& place)
{
    const std::int64_t start = take.length() - take.barLength() * bars;
    Take held = take;
    held.bars = bars;
    held.notes.clear();
    for (TakeNote note : take.notes) {
        if (note.onset < start)
            continue;
        note.onset -= start;
        if (!note.isEdited && note.onset >= place.onset &&
            (note.onset != place.onset || note.voice != place.voice))
            continue;
        note.isEdited = true;
        held.notes.push_back(note);
    }
    return std::make_shared<const Take>(std::move(held));
}

} // namespace

WishOrProblem wishAgain(const Take& take, const ModelEntries& models, const TakeSource& source)
{
    if (!take.settings)
        return {{}, "This take does not say with which knobs it was composed."};
    const auto place = modelOf(take, models);
    if (!place)
        return {{},
                "The model \"" + take.model + "\", which composed this take, is not installed."};
    Settings settings = *take.settings;
    settings.model = *place;
    const bool hasVoices = models[static_cast<std::size_t>(*place)].hasVoices();
    const int bars =
        hasVoices ? std::clamp(settings.bars, fewestVoiceBars, mostVoiceBars) : settings.bars;
    WishContext context{models, {}, {}, source.answers, take.metreNumerator, take.metreDenominator,
                        {}};
    Origin origin = source.answers != nullptr ? Origin::played : Origin::nothing;
    if (take.bars > bars) {
        context.current = firstBars(take, take.bars - bars);
        origin = Origin::take;
    } else if (source.locks.any() || hasEditedNotes(take)) {
        context.current = std::make_shared<const Take>(take);
        context.locks = source.locks;
    }
    WishOrProblem again = makeWish(settings, origin, context);
    if (again.wish && !hasVoices)
        again.wish->branches = source.branches;
    if (again.wish && hasVoices && source.heldUpTo) {
        again.wish->heldUpTo = source.heldUpTo;
        again.wish->edited = heldNotes(take, bars, *source.heldUpTo);
    }
    return again;
}

// ---- branches ----------------------------------------------------------------------------------

Wish branchOff(Wish wish, const TakePointer& take, int element, int pitch)
{
    wish.branches.erase(
        std::remove_if(wish.branches.begin(), wish.branches.end(),
                       [&](const WishBranch& each) { return each.element >= element; }),
        wish.branches.end());
    wish.branches.push_back({element, pitch});
    wish.about = take;
    wish.movement = 0;
    return wish;
}

std::optional<Wish> branchOffVoice(Wish wish, const TakePointer& take, const Locks& locks,
                                   int voice, std::int64_t tick, int pitch)
{
    const std::int64_t start = take->length() - take->barLength() * wish.bars;
    if (!wish.voices || start < 0 || tick < start || tick >= take->length() ||
        voice >= take->voices())
        return {};
    TakeNote forced{tick, std::min(newDuration, take->length() - tick), pitch, 88, voice};
    for (const TakeNote& note : take->notes)
        if (note.voice == voice && note.onset <= tick && tick < note.onset + note.duration) {
            forced = note;
            forced.pitch = pitch;
        }
    // Bars that were gone on from stay anyhow.
    const bool keeps = locks.any() && start == 0;
    if (forced.onset < start || (keeps && isLocked(locks, *take, voice, forced.onset)))
        return {};
    // What is before it, what was edited and the new note are held; the rest is open.
    Take held = *take;
    held.bars = wish.bars;
    held.notes.clear();
    for (TakeNote note : take->notes) {
        const bool isOfNew = note.onset >= start;
        const bool stays = note.onset < forced.onset || note.isEdited;
        const bool isReplaced = note.voice == voice &&
                                note.onset < forced.onset + forced.duration &&
                                forced.onset < note.onset + note.duration;
        if (!isOfNew || !stays || isReplaced)
            continue;
        note.onset -= start;
        note.isEdited = true;
        held.notes.push_back(note);
    }
    forced.onset -= start;
    forced.isEdited = true;
    held.notes.insert(
        std::upper_bound(held.notes.begin(), held.notes.end(), forced,
                         [](const TakeNote& a, const TakeNote& b) { return a.onset < b.onset; }),
        forced);
    wish.heldUpTo = HeldPlace{voice, forced.onset};
    wish.edited = std::make_shared<const Take>(std::move(held));
    wish.voices->kept = keeps ? take : nullptr;
    wish.voices->locks = keeps ? locks : Locks{};
    wish.about = take;
    wish.movement = 0;
    return wish;
}

} // namespace organum::plugin
