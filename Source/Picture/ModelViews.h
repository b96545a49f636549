#pragma once

// The two views into the music model that the book shows: which pitches were likely at each step
// (figure 7.9) and which earlier elements each step attended to (figure 7.10).

#include "Picture/HeatMap.h"

namespace organum::picture
{

struct PitchProbabilityView
{
    Matrix steps;                         ///< a row a generated step, 128 columns: MIDI pitches
    std::vector<float> rests;             ///< probability of a rest at each step, or empty
    std::vector<std::vector<int>> chosen; ///< pitches generated at each step, none = rest; or empty
    std::string title = "Pitch probabilities";
    std::string subtitle;
};

/** x = generated step, y = MIDI pitch by name, shade = probability 0..1; what was chosen is
    framed. Only pitches that were likely somewhere are shown. Throws std::invalid_argument when
    sizes do not match. */
juce::Image pitchProbabilities(const PitchProbabilityView& view);

struct AttentionView
{
    Matrix weights;                    ///< a row a generated step, a column an earlier element
    std::vector<std::string> steps;    ///< what each step generated ("G3"), or empty
    std::vector<std::string> elements; ///< what was attended to, earliest first, or empty
    std::string title = "Attention";
    std::string subtitle;
};

/** x = generated step, y = earlier element, earliest on top, shade = attention weight; the darkest
    shade begins where the highest hundredth of the weights does. Throws std::invalid_argument when
    sizes do not match. */
juce::Image attentionMatrix(const AttentionView& view);

} // namespace organum::picture
