#include "CommandLine/Explanations.h"

#include "CommandLine/ScoreFiles.h"
#include "Picture/ModelViews.h"
#include "Picture/Png.h"
#include "Score/Elements.h"

#include <algorithm>

namespace organum::commandline
{
namespace
{

constexpr std::size_t pitchColumns = 129;
constexpr std::size_t pitchCount = 128;

/** Pictures stay legible up to about this many steps; of a longer take they show the beginning. */
constexpr std::size_t mostSteps = 96;

std::vector<int> pitchesOf(const Take& take, std::size_t element)
{
    std::vector<int> pitches;
    const auto& raw = take.elements[element];
    const auto onset = quartersFromTicks(raw.onset);
    if (raw.onset < 0)
        return pitches;
    for (const auto& note : take.notes)
        if (note.onset == onset)
            pitches.push_back(note.pitch);
    return pitches;
}

/** "Bb2" for music21's "B-2", which a reader would take for a subtraction. */
std::string readable(std::string chord)
{
    std::replace(chord.begin(), chord.end(), '-', 'b');
    return chord;
}

std::string subtitleFor(const Take& take, std::size_t steps)
{
    auto text = "seed " + std::to_string(take.seed) + ", " + std::to_string(take.newElements()) +
                " elements";
    if (steps < take.newElements())
        text += "; the first " + std::to_string(steps) + " are shown";
    return text;
}

picture::PitchProbabilityView probabilityView(const Take& take, std::size_t steps,
                                              const std::string& title)
{
    picture::PitchProbabilityView view;
    view.title = title + ": which pitches were likely at each step";
    view.subtitle = subtitleFor(take, steps);
    view.steps = picture::Matrix(static_cast<int>(steps), static_cast<int>(pitchCount));
    for (std::size_t step = 0; step < steps; ++step) {
        const auto row =
            take.pitchProbabilities.begin() + static_cast<std::ptrdiff_t>(step * pitchColumns);
        std::copy(row, row + pitchCount,
                  view.steps.values.begin() + static_cast<std::ptrdiff_t>(step * pitchCount));
        view.rests.push_back(*(row + pitchCount));
        view.chosen.push_back(pitchesOf(take, take.primerElements + step));
    }
    return view;
}

picture::AttentionView attentionView(const Take& take, std::size_t steps, const std::string& title)
{
    const auto columns = take.elements.size();
    const auto shown = take.primerElements + steps;
    picture::AttentionView view;
    view.title = title + ": which earlier notes each step listened to";
    view.subtitle = subtitleFor(take, steps);
    view.weights = picture::Matrix(static_cast<int>(steps), static_cast<int>(shown));
    for (std::size_t step = 0; step < steps; ++step)
        for (std::size_t column = 0; column < shown; ++column)
            view.weights.at(static_cast<int>(step), static_cast<int>(column)) =
                take.attention[step * columns + column];
    for (std::size_t element = 0; element < shown; ++element) {
        const bool isPrimer = element < take.primerElements;
        const auto name =
            isPrimer ? std::string("primer") : readable(score::chordName(pitchesOf(take, element)));
        view.elements.push_back(name);
        if (!isPrimer)
            view.steps.push_back(name);
    }
    return view;
}

} // namespace

void stageExplanations(OutputSet& outputs, const Take& take, const std::filesystem::path& base,
                       const std::string& title)
{
    const auto steps = std::min(mostSteps, take.newElements());
    if (steps == 0)
        return;
    if (!take.pitchProbabilities.empty())
        picture::savePng(picture::pitchProbabilities(probabilityView(take, steps, title)),
                         outputs.stage(withEnding(base, "-probabilities.png")));
    if (!take.attention.empty())
        picture::savePng(picture::attentionMatrix(attentionView(take, steps, title)),
                         outputs.stage(withEnding(base, "-attention.png")));
}

} // namespace organum::commandline
