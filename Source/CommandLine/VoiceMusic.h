#pragma once

// Music of several voices from MIDI files and into scores.

#include "CommandLine/Composer.h"
#include "CommandLine/ModelDescription.h"

#include <filesystem>

namespace organum::commandline
{

struct VoiceMusic
{
    std::vector<score::Note> notes; ///< by onset
    std::vector<int> voices;        ///< of each note; all 0 when `known` is false
    bool known = false;             ///< whether the parts could be told to be the model's voices
};

/** Parts are the model's voices when each has the name of one, or when there are as many parts
    with notes as voices; drums are left out. Otherwise every note gets voice 0. */
VoiceMusic voiceMusicOf(const score::Score& score, const ModelDescription& model);

/** One part a voice, named, each on a channel of its own from 0 on. */
std::vector<score::Part> partsOf(const std::vector<score::Note>& notes,
                                 const std::vector<int>& voices, const ModelDescription& model,
                                 int program);

} // namespace organum::commandline
