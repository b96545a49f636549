#pragma once

// What `generate --all` and `render` make of a score besides MIDI: sound, notation and a picture.

#include "CommandLine/OutputSet.h"
#include "CommandLine/Sound.h"
#include "Score/ChordProgression.h"
#include "Score/Score.h"

#include <filesystem>
#include <string>
#include <vector>

namespace organum::commandline
{

struct ScoreFileOptions
{
    bool wav = true;
    bool musicXml = true;
    bool pianoRoll = true;
    std::string title;
    std::vector<score::ChordSpan> chords; ///< written above the notation
    SoundOptions sound;
};

/** `base` with an ending, e.g. "out/take" and "-roll.png" to "out/take-roll.png". */
std::filesystem::path withEnding(const std::filesystem::path& base, const std::string& ending);

/** Stages BASE.wav, BASE.musicxml and BASE-roll.png. Throws Failure, e.g. in a build without
    pictures and sound. */
void stageScoreFiles(OutputSet& outputs, const score::Score& score,
                     const std::filesystem::path& base, const ScoreFileOptions& options);

} // namespace organum::commandline
