#pragma once

// Swing and small human inaccuracies, laid over a take while it is played: the take itself is never
// changed. A note's shift depends on the seed and its place alone, so every round, every bounce and
// the exported file are alike. No note leaves its bar, hence none is lost or doubled where the feel
// changes, which happens at bar lines.

#include "Player/Timeline.h"

#include <cstdint>

namespace organum::player
{

struct Feel
{
    float swing = 0.0f;                           ///< 0 = straight, 2/3 = triplets, 1 = dotted
    std::int64_t swingStep = ticksPerQuarter / 2; ///< ticks: every second one is late
    float timing = 0.0f;                          ///< 0..1 of `largestShift`
    float velocity = 0.0f;                        ///< 0..1 of `largestAccent`

    /** A 64th note: 31 ms at 120 quarter notes a minute. */
    static constexpr std::int64_t largestShift = ticksPerQuarter / 16;
    static constexpr int largestAccent = 24; ///< MIDI velocity, up or down

    bool isPlain() const { return swing <= 0.0f && timing <= 0.0f && velocity <= 0.0f; }
    std::int64_t mostEarly() const; ///< ticks by which a note may come early
    std::int64_t mostLate() const;  ///< ticks by which a note may come late
    bool operator==(const Feel& other) const
    {
        return swing == other.swing && swingStep == other.swingStep && timing == other.timing &&
               velocity == other.velocity;
    }
};

/** A note as it is played. */
struct FeltNote
{
    std::int64_t onset = 0;
    std::int64_t end = 0;
    std::uint8_t velocity = 90;
};

/** Where the take stands: its bars, its end and what its chance hangs on. */
struct FeelPlace
{
    std::int64_t barLength = 4 * ticksPerQuarter;
    std::int64_t length = 0; ///< of the take, ticks
    std::int64_t start = 0;  ///< ticks of the whole music before it
    std::uint64_t seed = 0;
};

/** The note itself when the feel is plain. Any thread; constant time. */
FeltNote felt(const TimelineNote& note, const Feel& feel, const FeelPlace& place);

} // namespace organum::player
