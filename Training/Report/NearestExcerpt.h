#pragma once

// The stretch of real music most like a new one: what figure 7.16 sets beside a generated score,
// to show that it is not learnt by heart.

#include "Score/VoiceGrid.h"

#include <vector>

namespace organum::training
{

struct NearestExcerpt
{
    std::size_t piece = 0; ///< index into the pieces searched
    int first = 0;         ///< step in the piece
    int shift = 0;         ///< semitones from the piece to the new music
    int differing = 0;     ///< cells (steps of voices) with another pitch
    double distance = 0.0; ///< Euclidean, between rolls of -1 (off) and 1 (on)
};

/** Euclidean distance of two grids of one shape, as rolls of -1 and 1. */
double rollDistance(const score::VoiceGrid& a, const score::VoiceGrid& b);

/** Looks at every beat of every piece, also moved by up to six semitones either way if `inAnyKey`.
    Among equals the first wins, and the unmoved one. Throws std::invalid_argument when a piece has
    another number of voices or no piece is as long as the music. */
NearestExcerpt nearestExcerpt(const score::VoiceGrid& music,
                              const std::vector<score::VoiceGrid>& pieces, bool inAnyKey);

/** Those steps of a piece, moved; notes that sound on at the cut begin there. */
score::VoiceGrid excerptOf(const score::VoiceGrid& piece, const NearestExcerpt& nearest, int steps);

/** Share of the cells of one voice, steps first to first + count, in which two grids of one shape
    differ; voice -1: of all voices. */
double changedShare(const score::VoiceGrid& a, const score::VoiceGrid& b, int voice, int first,
                    int count);

} // namespace organum::training
