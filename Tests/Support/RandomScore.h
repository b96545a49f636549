#pragma once

// Random but repeatable scores for property tests.

#include "Score/Score.h"

#include <cstdint>

namespace organum::test
{

/** A stream of numbers that depends on the seed alone (SplitMix64). */
class RandomNumbers
{
public:
    explicit RandomNumbers(std::uint64_t seed)
        : state(seed)
    {
    }
    std::uint64_t next();
    /** Both ends included. */
    int between(int low, int high);
    bool oneIn(int count) { return between(1, count) == 1; }

private:
    std::uint64_t state;
};

struct RandomScoreOptions
{
    int mostParts = 6;
    int mostNotes = 60;               ///< a part
    bool separateEqualPitches = true; ///< no note lies within a longer one of its pitch and part
    std::int64_t divisions = 48;      ///< times are multiples of 1/divisions quarter
};

/** Parts on different channels, with tempo, metre and key changes, names and programs. */
score::Score randomScore(std::uint64_t seed, const RandomScoreOptions& options = {});

} // namespace organum::test
