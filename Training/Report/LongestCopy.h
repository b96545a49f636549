#pragma once

// The longest stretch of new music that stands in the training pieces, in whatever key: what tells
// a composer from a copier.

#include "Training/Data/MusicFolder.h"

#include <vector>

namespace organum::training
{

struct Copy
{
    std::size_t length = 0; ///< elements; 0: none
    std::size_t begin = 0;  ///< in the new music
    std::size_t piece = 0;  ///< index into the pieces searched
    std::size_t pieceBegin = 0;
    int shift = 0; ///< semitones from the piece to the new music
};

/** A copy is a run of elements that equal those of a piece, all moved by one interval; a rest
   equals a rest. */
Copy longestCopy(const std::vector<score::Element>& music, const std::vector<const Piece*>& pieces);

} // namespace organum::training
