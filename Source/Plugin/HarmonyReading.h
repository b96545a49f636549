#pragma once

// Between what is typed into the chord lane and what is composed: the progression in the present
// key, its chords over bars, how well a take keeps to it, and what a take proposes.

#include "Plugin/Take.h"
#include "Plugin/Wish.h"
#include "Score/ChordProgression.h"

#include <optional>
#include <string>
#include <vector>

namespace organum::plugin
{

/** The key that numerals are read in: the tonic that is set; minor if the scale has only that
 * third.
 */
score::ChordKey chordKeyOf(const Settings& settings);

/** Throws std::invalid_argument with a sentence for the user. */
score::ChordProgression progressionOf(const Settings& settings);

/** The chords over the bars of a wish, of which the first is bar `before` of the whole music.
   Throws as progressionOf(). */
std::vector<ChordPlace> chordPlaces(const Settings& settings, std::int64_t before,
                                    const Wish& wish);

/** The chords that a take was composed over, for its whole length; none when it was free of them.
 */
std::vector<score::ChordSpan> chordsOver(const Take& take);

/** Share of sounding time on chord tones, in percent; nothing when no note sounds on a chord. */
std::optional<double> conformityOf(const Take& take, const score::ChordProgression& progression);

/** The chords that are heard in a take, as text; its own key counts for the spelling when no scale
    is set. Empty when it has no notes. */
std::string chordsHeardIn(const Take& take, const Settings& settings);

} // namespace organum::plugin
