#pragma once

// The arithmetic of MIDI clock (MIDI 1.0 Detailed Specification 4.2, "System Real Time Messages"):
// 24 ticks a quarter note; song position counts sixteenths, six ticks each.

#include "Live/Message.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace organum::live
{

constexpr int ticksPerQuarter = 24;
constexpr int ticksPerSixteenth = 6;
constexpr int largestSongPosition = 16383; ///< in sixteenths: 14 bits

/** Far less than a tick: absorbs the rounding of positions that are told as doubles. */
constexpr double tickSlack = 1.0e-6;

/** The first tick at this place or later; ticks are counted from quarter note 0. */
inline std::int64_t tickAtOrAfter(double quarter)
{
    return static_cast<std::int64_t>(std::ceil(quarter * ticksPerQuarter - tickSlack));
}

inline double quarterOfTick(std::int64_t tick)
{
    return static_cast<double>(tick) / ticksPerQuarter;
}

/** The first sixteenth at this place or later, as far as song position can say it: 0..16383. */
inline int sixteenthAtOrAfter(double quarter)
{
    const double sixteenths = std::ceil(quarter * 4.0 - tickSlack);
    return static_cast<int>(std::clamp(sixteenths, 0.0, double{largestSongPosition}));
}

/** Song position for a sixteenth: low seven bits first. */
inline Message songPositionMessage(double due, int sixteenth)
{
    const int place = std::clamp(sixteenth, 0, largestSongPosition);
    return shortMessage(due, songPosition, 3, static_cast<std::uint8_t>(place & 0x7f),
                        static_cast<std::uint8_t>(place >> 7));
}

/** The place a song position message names, in quarter notes. */
inline double quarterOfSongPosition(const Message& message)
{
    return ((message.bytes[2] & 0x7f) * 128 + (message.bytes[1] & 0x7f)) / 4.0;
}

} // namespace organum::live
