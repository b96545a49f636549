#pragma once

// How long music lasts as sound, known before any sound is made.

#include "Score/Score.h"

namespace organum::sound
{

/** The longest sound file that is written, in minutes. */
constexpr int longestSoundMinutes = 120;

/** Seconds from the start of the score to a moment, by its tempo map. */
double secondsAt(const score::Score& score, const score::Quarters& time);

/** Whether so many seconds are too long for a sound file. */
constexpr bool isTooLongForSound(double seconds)
{
    return seconds > 60.0 * longestSoundMinutes;
}

} // namespace organum::sound
