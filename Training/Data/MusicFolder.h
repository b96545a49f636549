#pragma once

// A folder of MIDI files as pieces: lines of (chord, duration) elements with their place in the
// bar.

#include "Score/Elements.h"
#include "Training/Data/DataError.h"

#include <filesystem>
#include <string>
#include <vector>

namespace organum::training
{

class Progress;

struct Piece
{
    std::string name; ///< path below the folder, with '/' and without its ending
    std::filesystem::path file;
    std::string sha256;
    std::vector<score::Element> elements;
    int program = 0;                      ///< General MIDI program of the first part that is read
    std::vector<score::BarPosition> bars; ///< where each element begins; one more for the end
};

struct RejectedFile
{
    std::filesystem::path file;
    std::string reason;
};

struct MusicFolder
{
    std::vector<Piece> pieces; ///< by name
    std::vector<RejectedFile> rejected;
    std::vector<std::string> warnings; ///< about files that were used all the same
};

/** Reads every .mid, .midi and .smf file below `folder`, in the order of names. Files that cannot
    be read or hold no notes in these parts are listed, not used. Throws DataError when the folder
    is missing, holds no MIDI file or no usable one (then each file is listed with its reason). */
MusicFolder readMusicFolder(const std::filesystem::path& folder, const score::PartSelection& parts,
                            Progress& progress);

} // namespace organum::training
