#pragma once

// What a chord is made of, as the numbers a network sees: its pitches, its lowest and highest
// pitch and how many there are. Chords that share notes then share what was learnt about them.

#include "Engine/Vocabulary.h"

#include <vector>

namespace organum::engine
{

struct ChordFeatures
{
    /** Columns: 128 pitches, 128 lowest, 128 highest, count 0..4 and more, unknown. */
    static constexpr int columns = 3 * 128 + 6;
    /** Row-major [vocabulary.pitchCount(), columns]; START is all zeros. */
    static std::vector<float> of(const Vocabulary& vocabulary);
};

} // namespace organum::engine
