#include "Plugin/HarmonyReading.h"

#include "Analysis/ChordDetection.h"
#include "Analysis/Conformity.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace organum::plugin
{

namespace
{

score::Quarters quarters(std::int64_t ticks)
{
    return score::Quarters::fromSteps(ticks, player::ticksPerQuarter);
}

std::vector<score::Note> notesOf(const Take& take)
{
    std::vector<score::Note> notes;
    for (const TakeNote& note : take.notes)
        notes.push_back({note.pitch, note.velocity, quarters(note.onset), quarters(note.duration)});
    return notes;
}

score::Quarters barOf(int numerator, int denominator)
{
    return {4 * static_cast<std::int64_t>(numerator), denominator};
}

/** Places for chords in a bar: three in 9/8, four in 4/4. */
int beatsIn(const Take& take)
{
    const bool compound =
        take.metreDenominator >= 8 && take.metreNumerator % 3 == 0 && take.metreNumerator > 3;
    return std::clamp(compound ? take.metreNumerator / 3 : take.metreNumerator, 1,
                      static_cast<int>(score::ChordProgression::mostInBar));
}

} // namespace

score::ChordKey chordKeyOf(const Settings& settings)
{
    return score::chordKey(settings.key, static_cast<std::uint16_t>(settings.pitchClassMask()));
}

score::ChordProgression progressionOf(const Settings& settings)
{
    return score::ChordProgression::parse(settings.harmony.chords, chordKeyOf(settings));
}

std::vector<ChordPlace> chordPlaces(const Settings& settings, std::int64_t before, const Wish& wish)
{
    std::vector<ChordPlace> places;
    if (settings.harmony.strength <= 0.0f)
        return places;
    const auto bar = barOf(wish.metreNumerator, wish.metreDenominator);
    for (const auto& span : progressionOf(settings).over(before, wish.bars, bar)) {
        // Both ends rounded, so that neighbours meet.
        const auto onset = span.onset.toSteps(player::ticksPerQuarter);
        const auto end = (span.onset + span.length).toSteps(player::ticksPerQuarter);
        places.push_back({onset, end - onset, span.chord.pitchClasses(), span.chord.bass});
    }
    return places;
}

std::vector<score::ChordSpan> chordsOver(const Take& take)
{
    if (!take.settings || take.settings->harmony.strength <= 0.0f)
        return {};
    try {
        return progressionOf(*take.settings)
            .over(0, take.bars, barOf(take.metreNumerator, take.metreDenominator));
    } catch (const std::invalid_argument&) {
        return {}; // of a project that somebody else wrote
    }
}

std::optional<double> conformityOf(const Take& take, const score::ChordProgression& progression)
{
    const auto bar = barOf(take.metreNumerator, take.metreDenominator);
    const double percent =
        analysis::conformity(notesOf(take), progression.over(0, take.bars, bar)).percent();
    return std::isnan(percent) ? std::nullopt : std::optional<double>(percent);
}

std::string chordsHeardIn(const Take& take, const Settings& settings)
{
    const auto notes = notesOf(take);
    if (notes.empty() || take.bars < 1)
        return {};
    const int bars = std::min(take.bars, static_cast<int>(score::ChordProgression::mostBars));
    const auto key = settings.scale == 0 ? analysis::detectKey(notes) : chordKeyOf(settings);
    return analysis::detectChords(notes, bars, beatsIn(take),
                                  barOf(take.metreNumerator, take.metreDenominator), key)
        .toString();
}

} // namespace organum::plugin
