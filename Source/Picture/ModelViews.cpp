#include "Picture/ModelViews.h"

#include "Score/Elements.h"

#include <algorithm>
#include <stdexcept>

namespace organum::picture
{
namespace
{

constexpr float noticeable = 0.01f;

void checkCount(std::size_t given, int steps, const char* what)
{
    if (given != 0 && given != static_cast<std::size_t>(steps))
        throw std::invalid_argument("A view of " + std::to_string(steps) +
                                    " generated steps was given " + std::to_string(given) + " " +
                                    what + ".");
}

struct PitchRange
{
    int low = 127;
    int high = 0;

    void include(int pitch)
    {
        low = std::min(low, pitch);
        high = std::max(high, pitch);
    }
};

PitchRange shownPitches(const PitchProbabilityView& view)
{
    PitchRange range;
    for (int step = 0; step < view.steps.rows; ++step)
        for (int pitch = 0; pitch < 128; ++pitch)
            if (view.steps.at(step, pitch) >= noticeable)
                range.include(pitch);
    for (const auto& chord : view.chosen)
        for (const auto pitch : chord)
            range.include(std::clamp(pitch, 0, 127));
    if (range.low > range.high)
        return {48, 72};
    return {std::max(0, range.low - 1), std::min(127, range.high + 1)};
}

/** The first steps have hardly anything to look at and so weights near 1; the scale ends where
    one weight in a hundred lies, so that they do not pale all others. */
float upperWeight(const Matrix& weights)
{
    std::vector<float> positive;
    for (const auto weight : weights.values)
        if (weight > 0)
            positive.push_back(weight);
    if (positive.empty())
        return 1.0f;
    const auto place = static_cast<std::ptrdiff_t>((positive.size() - 1) * 99 / 100);
    std::nth_element(positive.begin(), positive.begin() + place, positive.end());
    return positive[static_cast<std::size_t>(place)];
}

bool isBlackKey(int pitch)
{
    const auto step = pitch % 12;
    return step == 1 || step == 3 || step == 6 || step == 8 || step == 10;
}

} // namespace

juce::Image pitchProbabilities(const PitchProbabilityView& view)
{
    const auto steps = view.steps.rows;
    if (steps < 1 || view.steps.columns != 128)
        throw std::invalid_argument("Pitch probabilities need at least one step and 128 pitches.");
    checkCount(view.rests.size(), steps, "rest probabilities");
    checkCount(view.chosen.size(), steps, "chosen chords");

    const auto range = shownPitches(view);
    const int restRows = view.rests.empty() ? 0 : 1;
    Matrix shown(range.high - range.low + 1 + restRows, steps);
    HeatMapOptions options;
    options.text = {view.title, view.subtitle, "generated step", "pitch"};
    options.scaleTitle = "probability";
    options.high = 1.0f;
    options.firstRowAtBottom = true;
    if (restRows == 1) {
        options.rowLabels.emplace_back("rest");
        for (int step = 0; step < steps; ++step)
            shown.at(0, step) = view.rests[static_cast<std::size_t>(step)];
    }
    for (int pitch = range.low; pitch <= range.high; ++pitch) {
        const int row = pitch - range.low + restRows;
        options.rowLabels.push_back(std::to_string(pitch) + "  " + score::readablePitchName(pitch));
        if (isBlackKey(pitch))
            options.shadedRows.push_back(row);
        for (int step = 0; step < steps; ++step)
            shown.at(row, step) = view.steps.at(step, pitch);
    }
    for (int step = 0; step < static_cast<int>(view.chosen.size()); ++step) {
        const auto& chord = view.chosen[static_cast<std::size_t>(step)];
        for (const auto pitch : chord)
            options.outlined.emplace_back(pitch - range.low + restRows, step);
        if (chord.empty() && restRows == 1)
            options.outlined.emplace_back(0, step);
    }
    return heatMap(shown, options);
}

juce::Image attentionMatrix(const AttentionView& view)
{
    if (view.weights.rows < 1 || view.weights.columns < 1)
        throw std::invalid_argument("An attention matrix needs at least one step and one element.");
    checkCount(view.steps.size(), view.weights.rows, "names for them");
    HeatMapOptions options;
    options.text = {view.title, view.subtitle, "generated step", "earlier element"};
    options.scaleTitle = "weight (or more)";
    options.high = upperWeight(view.weights);
    options.columnLabels = view.steps;
    options.rowLabels = view.elements;
    return heatMap(view.weights.transposed(), options);
}

} // namespace organum::picture
