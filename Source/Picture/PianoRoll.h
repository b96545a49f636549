#pragma once

// A score as a piano roll in systems of bars, as one reads a printed page. Reports, the command
// line and the editor's export use the same drawing.

#include "Picture/Chart.h"
#include "Score/Score.h"

#include <string>

namespace organum::picture
{

struct PianoRollOptions
{
    std::string title;     ///< empty: the score's title
    std::string subtitle;  ///< empty: bars, metre and tempo
    int barsPerSystem = 0; ///< 0: chosen by length
    float width = 1000;    ///< points
};

/** Notes in their part's colour, stronger = louder; bar and beat lines, bar numbers, black keys
    shaded, octaves named. An empty score gives an empty system. Throws std::invalid_argument when
    barsPerSystem asks for a picture too large to draw. */
juce::Image pianoRoll(const score::Score& score, const PianoRollOptions& options = {});

} // namespace organum::picture
