#pragma once

// What a request forbids. Forbidden choices are taken out before sampling, never moved to a
// neighbour afterwards, so that what remains keeps the network's own proportions.

#include "Engine/Request.h"
#include "Engine/Vocabulary.h"

#include <vector>

namespace organum::engine
{

/** Rules of one request over one vocabulary:
    - START, unknown and duration 0 are never chosen;
    - a chord is allowed when each of its pitches lies in the scale and in the range;
    - a rest is allowed as long as the silence since the last new note stays within one bar (half
      a bar when a single bar is asked for): every take has a note, whatever the network says. */
class Constraints
{
public:
    /** Throws std::invalid_argument when no chord of the vocabulary is allowed, or it has no
        duration. */
    Constraints(const Vocabulary& vocabularyIn, const Request& request);

    /** Ids allowed now. `silence` = rests since the last new note, `left` = time to the end of
        the music, to which a duration is clipped. Pitch first: */
    const std::vector<std::uint8_t>& pitches(const score::Quarters& silence,
                                             const score::Quarters& left);
    const std::vector<std::uint8_t>&
    durationsGiven(std::int64_t pitch, const score::Quarters& silence, const score::Quarters& left);
    /** Duration first: */
    const std::vector<std::uint8_t>& durations() const { return everyDuration; }
    const std::vector<std::uint8_t>& pitchesGiven(std::int64_t duration,
                                                  const score::Quarters& silence,
                                                  const score::Quarters& left);

    /** Whatever the silence: 1 for each note or chord that scale and range leave. */
    const std::vector<std::uint8_t>& notes() const { return allowedPitches; }

private:
    const std::vector<std::uint8_t>& withRest(bool allowed);

    const Vocabulary& vocabulary;
    score::Quarters longestSilence;
    score::Quarters shortestDuration;
    std::int64_t rest = Vocabulary::unknown; ///< unknown when the vocabulary has no rest
    std::vector<std::uint8_t> allowedPitches;
    std::vector<std::uint8_t> everyDuration;
    std::vector<std::uint8_t> shortDurations;
};

} // namespace organum::engine
