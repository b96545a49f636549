#pragma once

// What sounds together: how high, how far apart, how harshly.

#include "Analysis/Piece.h"

namespace organum::analysis
{

/** Over all (step, voice) cells of a set in which a voice sounds, and over all (step, pair of
    voices) in which both do. A voice is measured in the pieces that have it. */
struct SonorityMeasures
{
    std::vector<double> pitch; ///< [voices] mean MIDI number
    double pitchTogether = 0;
    /** Semitones from the lowest to the highest voice, mean over the steps of a set at which two
        voices or more sound. */
    double span = 0;
    /** Percent of pairs a second, a seventh or a tritone apart, or that plus octaves. A fourth
        counts as consonant, whatever lies below it. */
    double dissonantPercent = 0;
};

SonorityMeasures measureSonority(const Pieces& pieces);

} // namespace organum::analysis
