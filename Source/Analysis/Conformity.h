#pragma once

// How well music keeps to a harmony.

#include "Score/ChordProgression.h"
#include "Score/Score.h"

#include <vector>

namespace organum::analysis
{

/** How long notes sound while a chord is named, in quarters; every note counts for itself. */
struct Conformity
{
    double inside = 0;  ///< on a pitch class of the chord
    double outside = 0; ///< on another

    /** inside / both, in percent; NaN when no note sounds while a chord is named. */
    double percent() const;
};

/** Chords ascending, none overlapping the next; times of both from the same start. */
Conformity conformity(const std::vector<score::Note>& notes,
                      const std::vector<score::ChordSpan>& chords);

} // namespace organum::analysis
