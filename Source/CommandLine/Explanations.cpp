#include "CommandLine/Explanations.h"

#include "CommandLine/ScoreFiles.h"
#include "Picture/ModelViews.h"
#include "Picture/Png.h"
#include "Score/Elements.h"

#include <algorithm>
#include <numeric>

namespace organum::commandline
{
namespace
{

constexpr std::size_t pitchColumns = 129;
constexpr std::size_t pitchCount = 128;

/** Pictures stay legible up to about this many steps; of a longer take they show the beginning. */
constexpr std::size_t mostSteps = 96;
/** Rows of the attention's picture. Of a long primer it shows the end. */
constexpr std::size_t mostElements = 600;

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
    const auto end = take.primerElements + steps;
    const auto first = end - std::min(end, mostElements);
    picture::AttentionView view;
    view.title = title + ": which earlier notes each step listened to";
    view.subtitle = subtitleFor(take, steps);
    if (first > 0)
        view.subtitle += "; of the primer the last " + std::to_string(take.primerElements - first) +
                         " elements are shown";
    view.weights = picture::Matrix(static_cast<int>(steps), static_cast<int>(end - first));
    for (std::size_t step = 0; step < steps; ++step)
        for (std::size_t column = first; column < end; ++column)
            view.weights.at(static_cast<int>(step), static_cast<int>(column - first)) =
                take.attention[step * columns + column];
    for (std::size_t element = first; element < end; ++element) {
        const bool isPrimer = element < take.primerElements;
        const auto name =
            isPrimer ? std::string("primer") : readable(score::chordName(pitchesOf(take, element)));
        view.elements.push_back(name);
        if (!isPrimer)
            view.steps.push_back(name);
    }
    return view;
}

/** What one voice was about to sing at each sixteenth; framed: what it sang. */
picture::PitchProbabilityView activationView(const Take& take, std::size_t voice, std::size_t steps)
{
    const auto voices = static_cast<std::size_t>(take.voiceCount);
    picture::PitchProbabilityView view;
    view.steps = picture::Matrix(static_cast<int>(steps), static_cast<int>(pitchCount));
    view.chosen.resize(steps);
    for (std::size_t step = 0; step < steps; ++step) {
        const auto row = take.activation.begin() +
                         static_cast<std::ptrdiff_t>((step * voices + voice) * pitchCount);
        std::copy(row, row + pitchCount,
                  view.steps.values.begin() + static_cast<std::ptrdiff_t>(step * pitchCount));
        view.rests.push_back(std::max(0.0f, 1.0f - std::accumulate(row, row + pitchCount, 0.0f)));
    }
    for (std::size_t i = 0; i < take.notes.size(); ++i) {
        const auto& note = take.notes[i];
        if (take.voices[i] != static_cast<int>(voice))
            continue;
        const auto first = static_cast<std::size_t>((note.onset * score::Quarters(4)).floor());
        for (auto step = first; step < steps; ++step) {
            if (score::Quarters(static_cast<std::int64_t>(step), 4) >= note.end())
                break;
            view.chosen[step].push_back(note.pitch);
        }
    }
    return view;
}

/** A panel a voice, the highest on top. */
juce::Image activationPicture(const Take& take, const std::string& title,
                              const ModelDescription& model)
{
    const auto steps = std::min(mostSteps, take.activationSteps);
    std::vector<juce::Image> panels;
    int width = 0;
    int height = 0;
    for (std::size_t voice = 0; voice < static_cast<std::size_t>(take.voiceCount); ++voice) {
        auto view = activationView(take, voice, steps);
        view.title = title + ", " + lowerCase(model.voices.at(voice).name) +
                     ": what the network had in mind at each sixteenth";
        view.subtitle = "seed " + std::to_string(take.seed);
        if (steps < take.activationSteps)
            view.subtitle += "; the first " + std::to_string(steps / 16) + " bars are shown";
        panels.push_back(picture::pitchProbabilities(view));
        width = std::max(width, panels.back().getWidth());
        height += panels.back().getHeight();
    }
    juce::Image image(juce::Image::RGB, width, height, true);
    juce::Graphics graphics(image);
    graphics.fillAll(panels.front().getPixelAt(0, 0));
    int top = 0;
    for (const auto& panel : panels) {
        graphics.drawImageAt(panel, 0, top);
        top += panel.getHeight();
    }
    return image;
}

} // namespace

void stageExplanations(OutputSet& outputs, const Take& take, const std::filesystem::path& base,
                       const std::string& title, const ModelDescription& model)
{
    if (!take.activation.empty())
        picture::savePng(activationPicture(take, title, model),
                         outputs.stage(withEnding(base, "-activation.png")));
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
