#include "Plugin/WishAgain.h"

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

void WishMemory::remember(const TakePointer& take, const Wish& wish)
{
    const std::lock_guard<std::mutex> lock(mutex);
    add({take, wish});
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
    const Wish wish = known->wish;
    if (entries.size() >= capacity)
        entries.erase(known);
    add({after, wish});
}

std::optional<Wish> WishMemory::find(const TakePointer& take) const
{
    const std::lock_guard<std::mutex> lock(mutex);
    for (const Entry& entry : entries)
        if (entry.take.lock() == take)
            return entry.wish;
    return {};
}

// ---- again -------------------------------------------------------------------------------------

WishOrProblem wishAgain(const Take& take, const ModelEntries& models)
{
    if (!take.settings)
        return {{}, "This take does not say with which knobs it was composed."};
    const auto entry = std::find_if(models.begin(), models.end(),
                                    [&](const auto& each) { return each.title == take.model; });
    if (entry == models.end())
        return {{},
                "The model \"" + take.model + "\", which composed this take, is not installed."};
    Settings settings = *take.settings;
    settings.model = static_cast<int>(entry - models.begin());
    const int bars = entry->hasVoices() ? std::clamp(settings.bars, fewestVoiceBars, mostVoiceBars)
                                        : settings.bars;
    WishContext context{models, {}, {}, {}, take.metreNumerator, take.metreDenominator, {}};
    if (take.bars <= bars)
        return makeWish(settings, Origin::nothing, context);
    Take first = take;
    first.bars = take.bars - bars;
    first.notes.erase(
        std::remove_if(first.notes.begin(), first.notes.end(),
                       [&](const TakeNote& note) { return note.onset >= first.length(); }),
        first.notes.end());
    for (TakeNote& note : first.notes)
        note.duration = std::min(note.duration, first.length() - note.onset);
    context.current = std::make_shared<const Take>(std::move(first));
    return makeWish(settings, Origin::take, context);
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
    wish.edited = std::make_shared<const Take>(std::move(held));
    wish.voices->kept = keeps ? take : nullptr;
    wish.voices->locks = keeps ? locks : Locks{};
    wish.about = take;
    wish.movement = 0;
    return wish;
}

} // namespace organum::plugin
