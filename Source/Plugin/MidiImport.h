#pragma once

// A MIDI file from elsewhere as a take that can be played, edited and gone on from.

#include "Plugin/Take.h"
#include "Score/Score.h"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace organum::plugin
{

/** Why a file did not become a take; what() names the file, the reason and what to do. */
class ImportError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/** Up to this size: a file of thousand bars has some hundred kilobytes. */
constexpr std::uintmax_t largestImport = 8u << 20;

/** `voices`: the names of the voices of the model that is to go on, the highest first; none for
    models without. Two to as many parts as voices become one voice each, by their mean pitch, the
    highest first; otherwise notes that begin together are dealt to the voices, the highest first.
    Without voices all parts are one. Drums are left out. The metre is the file's first; its tempo
    is left aside, since the host's counts. Throws ImportError. Not for the audio thread. */
Take takeFromScore(const score::Score& score, const std::string& file,
                   const std::vector<std::string>& voices);

/** The same for a file; its warnings become the take's notice. */
Take takeFromMidiFile(const std::filesystem::path& file, const std::vector<std::string>& voices);

} // namespace organum::plugin
