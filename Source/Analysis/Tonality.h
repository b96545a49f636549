#pragma once

// Key and harmony: how well a piece lies in one scale, how many pitch classes it uses and how
// evenly, how far apart the voices' harmonies are.

#include "Analysis/Piece.h"

#include <array>
#include <utility>

namespace organum::analysis
{

/** How often each pitch class (pitch % 12, C = 0) begins a note. */
using PitchClassCounts = std::array<double, 12>;
PitchClassCounts pitchClassCounts(const Piece& piece);

/** Share of notes in the best of the 24 major and natural minor scales, 0..1 (muspy's
    scale_consistency). NaN without notes. */
double scaleConsistency(const PitchClassCounts& counts);
/** Entropy in bits, 0 to 3.585 (muspy's pitch_class_entropy). NaN without notes. */
double pitchClassEntropy(const PitchClassCounts& counts);
int pitchClassesUsed(const PitchClassCounts& counts);

/** A chroma vector of sum 1 in Harte's six dimensions (Harte, Sandler and Gasser 2006): circles of
    fifths, minor thirds and major thirds with the radii 1, 1 and 0.5. */
using TonalCentroid = std::array<double, 6>;
TonalCentroid tonalCentroid(const PitchClassCounts& chroma);

/** Means over pieces that hold notes. */
struct TonalMeasures
{
    Average scaleConsistency;
    Average entropy;
    Average pitchClasses; ///< distinct ones a piece
};
TonalMeasures measureTonality(const Pieces& pieces);

struct PairValue
{
    int upper = 0, lower = 0; ///< voices, from 0
    double value = 0;
};

/** MuseGAN's tonal distance of each pair of voices: Euclidean distance of the tonal centroids of
    what sounds in a beat, weighted by the steps it sounds; mean over all beats of the set in which
    both voices sound. A beat that is cut short at the end of a piece is left out. Published figures
    of Bach's chorales differ in the last place for alto and tenor of train, 1.72 for 1.7147, and
    tenor and bass of test, 1.47 for 1.4649: they were rounded by way of 1.715 and 1.465. */
std::vector<PairValue> tonalDistances(const Pieces& pieces);

} // namespace organum::analysis
