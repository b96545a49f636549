#pragma once

// Which SoundFonts are on this machine.

#include <filesystem>
#include <vector>

namespace organum::sound
{

/** $ORGANUM_SOUNDFONT, then all .sf2 and .sf3 files in the usual folders of the system and the
    user, small ones for everything first, each file once. Any thread but an audio thread. */
std::vector<std::filesystem::path> soundFonts();

/** The first of them; empty when there is none. */
std::filesystem::path findSoundFont();

} // namespace organum::sound
