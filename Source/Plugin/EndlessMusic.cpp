#include "Plugin/EndlessMusic.h"

#include <algorithm>
#include <utility>

namespace organum::plugin
{

void EndlessMusic::goOnFrom(TakePointer take, std::uint64_t number)
{
    *this = {};
    base = std::move(take);
    takeNumber = number;
}

std::int64_t EndlessMusic::end() const
{
    return firstKept() + static_cast<std::int64_t>(stretches.size()) * stretch;
}

std::optional<EndlessMusic::Stretch> EndlessMusic::missing(std::int64_t bar)
{
    if (base == nullptr)
        return {};
    if (forgotten > 0 && bar < firstKept())
        goOnFrom(std::exchange(base, nullptr), takeNumber); // from the beginning again
    if (end() >= std::min(bar + barsAhead, mostBars))
        return {};
    const std::int64_t next = end();
    const auto heard = static_cast<int>(std::min<std::int64_t>(next, heardBars));
    return Stretch{static_cast<int>(next), page(next - heard, heard)};
}

void EndlessMusic::add(int firstBar, const Take& written)
{
    if (base == nullptr || firstBar != end())
        return;
    std::vector<TakeNote> notes;
    const std::int64_t length = base->barLength() * stretch;
    for (TakeNote note : written.notes) {
        if (note.onset >= length)
            continue;
        note.duration = std::min(note.duration, length - note.onset);
        notes.push_back(note);
    }
    noteCount += notes.size();
    stretches.push_back(std::move(notes));
    forget(firstBar);
}

void EndlessMusic::forget(std::int64_t bar)
{
    // What the next stretch listens to stays.
    while (noteCount > mostNotes && firstKept() + stretch < bar - heardBars) {
        noteCount -= stretches.front().size();
        stretches.pop_front();
        ++forgotten;
    }
}

std::vector<TakeNote> EndlessMusic::notesBetween(std::int64_t firstBar, std::int64_t endBar) const
{
    std::vector<TakeNote> notes;
    const std::int64_t bar = base->barLength();
    const auto take = [&](const TakeNote& note, std::int64_t start) {
        const std::int64_t onset = start + note.onset - firstBar * bar;
        const std::int64_t length = (endBar - firstBar) * bar;
        if (onset < 0 || onset >= length)
            return;
        TakeNote moved = note;
        moved.onset = onset;
        moved.duration = std::min(note.duration, length - onset);
        notes.push_back(moved);
    };
    if (firstBar < base->bars)
        for (const TakeNote& note : base->notes)
            take(note, 0);
    const std::int64_t from = std::max<std::int64_t>(0, (firstBar - firstKept()) / stretch);
    for (auto i = static_cast<std::size_t>(from); i < stretches.size(); ++i) {
        const std::int64_t start = firstKept() + static_cast<std::int64_t>(i) * stretch;
        if (start >= endBar)
            break;
        for (const TakeNote& note : stretches[i])
            take(note, start * bar);
    }
    return notes;
}

TakePointer EndlessMusic::page(std::int64_t firstBar, int bars) const
{
    Take take;
    take.model = base->model;
    take.seed = base->seed;
    take.bars = bars;
    take.metreNumerator = base->metreNumerator;
    take.metreDenominator = base->metreDenominator;
    take.voiceNames = base->voiceNames;
    take.settings = base->settings;
    take.notes = notesBetween(firstBar, firstBar + bars);
    return std::make_shared<const Take>(std::move(take));
}

std::unique_ptr<const player::Timeline> EndlessMusic::publishable(std::int64_t bar)
{
    if (base == nullptr || bar >= end() || (forgotten > 0 && bar < firstKept()))
        return nullptr;
    const std::int64_t to = std::min(end(), bar + 2 * barsAhead);
    const bool isCovered = bar >= publishedFrom && publishedTo >= std::min(to, bar + barsAhead);
    if (isCovered)
        return nullptr;
    const std::int64_t first = forgotten > 0 ? firstKept() : 0;
    publishedFrom = std::max(first, bar - barsBehind);
    publishedTo = to;
    Take window = *page(publishedFrom, static_cast<int>(publishedTo - publishedFrom));
    return timelineOf(window, {takeNumber, base->seed, publishedFrom * base->barLength()});
}

} // namespace organum::plugin
