#include "Engine/Constraints.h"

#include <algorithm>
#include <stdexcept>

namespace organum::engine
{

Constraints::Constraints(const Vocabulary& vocabularyIn, const Request& request)
    : vocabulary(vocabularyIn)
    , longestSilence(request.bars > 1 ? request.metre.barLength()
                                      : request.metre.barLength() / score::Quarters(2))
    , allowedPitches(static_cast<std::size_t>(vocabulary.pitchCount()), 0)
    , everyDuration(static_cast<std::size_t>(vocabulary.durationCount()), 0)
{
    const auto fits = [&request](int pitch) {
        return pitch >= request.lowestPitch && pitch <= request.highestPitch &&
               (request.pitchClassMask >> (pitch % 12) & 1u) != 0;
    };
    bool any = false;
    for (std::int64_t id = 2; id < vocabulary.pitchCount(); ++id) {
        const auto& chord = vocabulary.chord(id);
        if (chord.empty()) {
            rest = id;
        } else if (std::all_of(chord.begin(), chord.end(), fits)) {
            allowedPitches[static_cast<std::size_t>(id)] = 1;
            any = true;
        }
    }
    if (!any)
        throw std::invalid_argument("Checking the request: no note or chord of this model lies in "
                                    "the scale and between the pitches asked for. Widen the range "
                                    "or the scale.");
    for (std::int64_t id = 2; id < vocabulary.durationCount(); ++id) {
        everyDuration[static_cast<std::size_t>(id)] = 1;
        if (id == 2 || vocabulary.duration(id) < shortestDuration)
            shortestDuration = vocabulary.duration(id);
    }
    if (vocabulary.durationCount() < 3)
        throw std::invalid_argument("Checking the request: this model knows no duration. Use "
                                    "another model.");
}

const std::vector<std::uint8_t>& Constraints::withRest(bool allowed)
{
    if (rest != Vocabulary::unknown)
        allowedPitches[static_cast<std::size_t>(rest)] = allowed ? 1 : 0;
    return allowedPitches;
}

const std::vector<std::uint8_t>& Constraints::pitches(const score::Quarters& silence,
                                                      const score::Quarters& left)
{
    return withRest(silence + std::min(shortestDuration, left) <= longestSilence);
}

const std::vector<std::uint8_t>& Constraints::durationsGiven(std::int64_t pitch,
                                                             const score::Quarters& silence,
                                                             const score::Quarters& left)
{
    if (pitch != rest)
        return everyDuration;
    shortDurations = everyDuration;
    for (std::int64_t id = 2; id < vocabulary.durationCount(); ++id)
        if (silence + std::min(vocabulary.duration(id), left) > longestSilence)
            shortDurations[static_cast<std::size_t>(id)] = 0;
    return shortDurations;
}

const std::vector<std::uint8_t>& Constraints::pitchesGiven(std::int64_t duration,
                                                           const score::Quarters& silence,
                                                           const score::Quarters& left)
{
    return withRest(silence + std::min(vocabulary.duration(duration), left) <= longestSilence);
}

} // namespace organum::engine
