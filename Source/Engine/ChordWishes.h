#pragma once

// The part of a request that says which harmony the new music should have: chords as spans of time,
// and how strictly they are to be obeyed.

#include "Score/Quarters.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace organum::engine
{

/** See organum_chord. */
struct WishedChord
{
    score::Quarters onset;
    score::Quarters length;
    std::uint32_t pitchClasses = 0xFFF; ///< bit 0 = C
    int bass = -1;                      ///< pitch class 0..11; -1: any

    score::Quarters end() const { return onset + length; }
};

/** See organum_request for the fields' meaning. Times between chords are free. */
struct ChordWishes
{
    static constexpr std::uint32_t anyPitchClass = 0xFFF;
    /** Nats by which a note wholly outside the chord is less likely at strength 1/2. */
    static constexpr double halfwayPenalty = 3.0;

    std::vector<WishedChord> chords; ///< ascending, none overlaps the next
    double strength = 0.5;

    bool any() const { return strength > 0.0 && !chords.empty(); }
    bool isStrict() const { return strength >= 1.0; }
    /** Nats: 0 at strength 0, infinite at 1. */
    double penalty() const
    {
        return isStrict() ? std::numeric_limits<double>::infinity()
                          : halfwayPenalty * strength / (1.0 - strength);
    }

    /** The chord that sounds at a time; null between chords. */
    const WishedChord* at(const score::Quarters& time) const;
    /** The first time after `time` at which a chord begins or ends; `otherwise` when none does
        before it. */
    score::Quarters changeAfter(const score::Quarters& time,
                                const score::Quarters& otherwise) const;
    /** Pitch classes that belong to every chord between two times. */
    std::uint32_t common(const score::Quarters& from, const score::Quarters& to) const;

    /** Throws std::invalid_argument naming the field that is out of its range. */
    void check() const;
};

} // namespace organum::engine
