#pragma once

// MusicXML (4.0, partwise) of a score, for engravers such as MuseScore. Notation needs note values,
// so times are first set on a grid of 64ths and triplet 32nds; all else stays as it is.

#include "Score/ChordProgression.h"
#include "Score/Score.h"

#include <filesystem>
#include <string>
#include <vector>

namespace organum::score
{

/** The document as UTF-8. Notes are split at bar lines and tied; overlapping notes of a part are
    written in up to four voices, beyond that as tied chords; drums as unpitched notes. Onsets and
    ends off the grid of 1/16 and 1/12 quarter notes move to it, beat by beat to the better fitting
    of the two; notes that vanish thereby are left out. `chords`, in time order, stand above the
    first part, with "N.C." where one ends and none begins. Throws std::invalid_argument for a score
    of more than two million bars over all parts. */
std::string musicXml(const Score& score, const std::vector<ChordSpan>& chords = {});

/** The same to a file, atomically. Throws FileWriteError or std::invalid_argument. */
void writeMusicXml(const std::filesystem::path& file, const Score& score,
                   const std::vector<ChordSpan>& chords = {});

} // namespace organum::score
