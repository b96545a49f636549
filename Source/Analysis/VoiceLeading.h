#pragma once

// How voices move together: parallel fifths and octaves, crossings, how many sound at once. Voices
// are taken to be in order from the highest to the lowest.

#include "Analysis/Piece.h"

namespace organum::analysis
{

/** What counts as parallel. The default is the rule by which the gates are set; the other two ways
    are found in published figures. */
struct ParallelRule
{
    bool signedIntervals = false; ///< upper less lower voice mod 12, so that a crossing's fifth is
                                  ///< a fourth; else the distance of the two pitches mod 12
    bool allVoicesSound = false;  ///< only steps at which every voice sounds, before and after
};

struct Parallels
{
    std::size_t count = 0;
    std::size_t bothMove = 0; ///< (step, pair) where both voices change pitch
    double bars = 0;

    double per100Bars() const;
    double percentOfBothMove() const;
};

/** For each step and each pair of voices that sound at it and one step before, both change pitch
    and move in the same direction: counted when their interval mod 12 was and is the same, a
    unison or octave (0) or a fifth (7). Bars are steps over the length of a bar. Bach's chorales:
    61 in 3451.75 bars (train) and 21 in 1181.25 (test), which are 0.1285 and 0.1271 % of the pairs
    that both move; with signed intervals where all voices sound, as the published 0.141 and 0.133
    % are, 67 and 22. */
Parallels countParallels(const Pieces& pieces, const ParallelRule& rule = {});

/** Percent of a piece's steps at which some voice is lower than one that comes after it; mean over
    pieces of two voices or more. Silent voices cross nobody. */
Average measureCrossings(const Pieces& pieces);

/** Distinct pitches that sound at a step, mean over the steps of a piece at which any does; mean
    over pieces (muspy's polyphony). */
Average measurePolyphony(const Pieces& pieces);

} // namespace organum::analysis
