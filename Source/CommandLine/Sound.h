#pragma once

// Renders a score to a WAV file with FluidSynth and a SoundFont: what `--all` and `render` let one
// hear without a DAW. Faster than real time and the same on every call; no audio device is opened.

#include "Score/Score.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace organum::commandline
{

struct SoundOptions
{
    std::filesystem::path soundFont; ///< empty: sound::findSoundFont()
    int sampleRate = 48000;          ///< Hz, 8000..96000
    double gain = 0.5;               ///< FluidSynth's master gain, 0..10
    std::function<void()> pulse;     ///< called between blocks of sound; may throw to end the work
};

/** Writes a 16-bit stereo WAV: the score in its tempo, then the last notes' release, at most 4
    seconds of it. Throws when the font is missing or no SoundFont, when the score is longer than
    longestSoundMinutes, or when the file cannot be written. */
void renderWav(const score::Score& score, const std::filesystem::path& file,
               const SoundOptions& options = {});

} // namespace organum::commandline
