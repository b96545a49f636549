#pragma once

// What the book's MuseGAN learns from (section 7.2): the first bars of each training chorale as
// rolls of -1 and 1.

#include "Score/VoiceGrid.h"

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace organum::training
{

struct Beginnings
{
    /** [pieces, bars, steps, pitches, voices]: 1 where the voice sings the pitch, -1 elsewhere, a
        silent step all -1. Pitch index = MIDI note number. */
    torch::Tensor rolls;
    std::int64_t tooShort = 0; ///< pieces left out
};

/** The first bars of each piece, all taken to be in 4/4. Beats at the beginning in which a voice
    is silent are skipped; pieces that are then not longer than the bars are left out. Throws
    std::invalid_argument when a pitch is above 83, a piece has other than `voices` voices or no
    piece is long enough. */
Beginnings beginningsOf(const std::vector<score::VoiceGrid>& pieces, std::int64_t bars,
                        std::int64_t voices);

} // namespace organum::training
