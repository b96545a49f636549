#pragma once

// What happens in a bar: silence, pitch classes, notes (MuseGAN, Dong et al. 2018, section 5.2,
// with pitch class = pitch % 12).

#include "Analysis/Piece.h"

namespace organum::analysis
{

/** Shares and means over all bars of a set, not piece by piece. A voice is measured in the pieces
    that have it. */
struct BarMeasures
{
    /** [voices] percent of whole bars in which the voice is silent throughout. */
    std::vector<double> emptyPercent;
    double emptyPercentTogether = 0; ///< all voices are silent
    /** [voices] distinct pitch classes that sound in a whole bar, mean over bars not empty. */
    std::vector<double> pitchClasses;
    /** The same of all voices together. Bach's chorales: 6.895 (train) and 7.027 (test); the
        published 6.89 takes in the one silent bar, as 0. */
    double pitchClassesTogether = 0;
    /** [voices] notes that begin, over the set's length in bars; fractions of bars count in both.
     */
    std::vector<double> notes;
    double notesTogether = 0;
};

BarMeasures measureBars(const Pieces& pieces);

} // namespace organum::analysis
