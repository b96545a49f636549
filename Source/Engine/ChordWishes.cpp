#include "Engine/ChordWishes.h"

#include "Engine/Ranges.h"

#include <algorithm>

namespace organum::engine
{

namespace
{

// One a sixteenth of the longest music.
constexpr std::size_t mostChords = 4096;

} // namespace

const WishedChord* ChordWishes::at(const score::Quarters& time) const
{
    const auto next = std::upper_bound(
        chords.begin(), chords.end(), time,
        [](const score::Quarters& t, const auto& chord) { return t < chord.onset; });
    if (next == chords.begin() || (next - 1)->end() <= time)
        return nullptr;
    return &*(next - 1);
}

score::Quarters ChordWishes::changeAfter(const score::Quarters& time,
                                         const score::Quarters& otherwise) const
{
    if (const auto* now = at(time))
        return std::min(now->end(), otherwise);
    const auto next = std::upper_bound(
        chords.begin(), chords.end(), time,
        [](const score::Quarters& t, const auto& chord) { return t < chord.onset; });
    return next == chords.end() ? otherwise : std::min(next->onset, otherwise);
}

std::uint32_t ChordWishes::common(const score::Quarters& from, const score::Quarters& to) const
{
    auto classes = anyPitchClass;
    for (auto time = from; time < to; time = changeAfter(time, to))
        if (const auto* chord = at(time))
            classes &= chord->pitchClasses;
    return classes;
}

void ChordWishes::check() const
{
    checkRange("the strength of the chords", strength, 0.0, 1.0);
    checkRange("the number of chords", chords.size(), std::size_t{0}, mostChords);
    score::Quarters end;
    for (std::size_t i = 0; i < chords.size(); ++i) {
        const auto& chord = chords[i];
        const auto name = "Checking the request: chord " + std::to_string(i + 1);
        if (chord.length <= score::Quarters(0))
            throw std::invalid_argument(name + " lasts " + chord.length.toString() +
                                        " quarters; a chord must last longer than 0.");
        if (chord.onset < end)
            throw std::invalid_argument(
                name + " begins at quarter " + chord.onset.toString() + ", before " +
                end.toString() +
                (i == 0 ? ", where the new music begins." : ", where the chord before it ends."));
        if ((chord.pitchClasses & anyPitchClass) == 0)
            throw std::invalid_argument(name + " holds no pitch class at all. Leave the chord out "
                                               "where any note may sound.");
        if (chord.bass < -1 || chord.bass > 11)
            throw std::invalid_argument(name + " has the bass " + std::to_string(chord.bass) +
                                        "; it must be a pitch class from 0 to 11, or -1 for any.");
        end = chord.end();
    }
}

} // namespace organum::engine
