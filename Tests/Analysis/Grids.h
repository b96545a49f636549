#pragma once

// Small pieces written out by hand.

#include "Analysis/Piece.h"

namespace organum::test
{

/** One list of pitches a voice, all of one length; runs of a pitch are one note. */
inline analysis::Piece piece(const std::vector<std::vector<int>>& lines, int stepsPerBeat = 4,
                             int stepsPerBar = 16)
{
    analysis::Piece made;
    made.name = "piece";
    made.stepsPerBeat = stepsPerBeat;
    made.stepsPerBar = stepsPerBar;
    made.grid.voices = static_cast<int>(lines.size());
    for (std::size_t at = 0; at < lines.front().size(); ++at)
        for (const auto& line : lines)
            made.grid.pitches.push_back(line.at(at));
    score::markOnsets(made.grid, score::Joining::untilPitchChanges);
    return made;
}

constexpr int none = score::VoiceGrid::silent;

} // namespace organum::test
