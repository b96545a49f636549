#pragma once

// Scores and chorales as the pieces that `organum metrics` measures, and what is lost on the way to
// a grid of sixteenths.

#include "Analysis/Piece.h"
#include "CommandLine/MetricSets.h"
#include "Score/Score.h"

#include <string>
#include <vector>

namespace organum::commandline
{

/** Added up over a set. */
struct Losses
{
    std::size_t pieces = 0, notes = 0, moved = 0, dropped = 0, shortened = 0, otherMetres = 0;

    std::vector<std::string> damages; ///< of files that could be read in part

    /** One a kind of loss that there was, and each damage. */
    std::vector<std::string> sentences() const;
};

/** A voice for each part (of generated music also for a silent one, or the others would change
    places), or all as one; the last beat is filled up with silence, since a last note
    that is played short still fills it. Throws std::invalid_argument when the score holds nothing
    that can be measured. */
analysis::Piece pieceFrom(const score::Score& score, const std::string& name,
                          const SetOptions& options, Losses& losses,
                          score::SilentParts silentParts = score::SilentParts::areNone);

/** A chorale of which nothing is lost. */
analysis::Piece pieceFrom(const score::VoiceGrid& grid, const std::string& name,
                          const SetOptions& options);

/** Makes a piece as long as so many steps, if it is shorter. */
void fillWithSilence(score::VoiceGrid& grid, int steps);

} // namespace organum::commandline
