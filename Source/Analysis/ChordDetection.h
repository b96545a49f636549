#pragma once

// Which chords music implies: templates laid over what sounds in each beat, and the likeliest way
// from beat to beat, in which a change costs the more the weaker the beat is on which it falls.

#include "Score/ChordProgression.h"
#include "Score/Score.h"

#include <vector>

namespace organum::analysis
{

/** One chord at most a beat, for `bars` bars of `beatsPerBar` beats from quarter 0 on; roots are
    spelt as in the key. Known are major, minor, dominant, major and minor seventh chords,
    diminished and half-diminished ones and sus4. Bars in which nothing sounds are "no chord". A
    bass other than the root is named when it is a chord tone that lies lowest most of the time.
    Throws std::invalid_argument for less than one beat or bar. */
score::ChordProgression detectChords(const std::vector<score::Note>& notes, int bars,
                                     int beatsPerBar, const score::Quarters& barLength,
                                     const score::ChordKey& key);

/** The key whose scale fits best: of the 24, by correlation with Temperley's profiles (The
    Cognition of Basic Musical Structures, 2001); C major without notes. */
score::ChordKey detectKey(const std::vector<score::Note>& notes);

} // namespace organum::analysis
