#include "Interface/RollOverlay.h"

#include "Interface/Theme.h"

#include <algorithm>
#include <cmath>

namespace organum::editor
{

namespace
{

constexpr float leastShown = 0.003f;  ///< smaller chances would only be noise
constexpr float leastWeight = 0.015f; ///< of attention
constexpr std::size_t mostArcs = 16;
constexpr float thickestArc = 9.0f;

} // namespace

float RollOverlay::strengthOf(float chance)
{
    return std::sqrt(juce::jlimit(0.0f, 1.0f, chance));
}

juce::Colour RollOverlay::scaleColour(float place)
{
    // From blue to orange over a neutral middle, which every kind of eye tells apart.
    const juce::Colour low = colour::voices[3];
    const juce::Colour high = colour::voices[1];
    const juce::Colour middle = colour::dimText;
    const float clipped = juce::jlimit(0.0f, 1.0f, place);
    return clipped < 0.5f ? low.interpolatedWith(middle, clipped * 2.0f)
                          : middle.interpolatedWith(high, clipped * 2.0f - 1.0f);
}

std::optional<juce::Colour> RollOverlay::colourOf(std::size_t note) const
{
    if (!isOn() || (mode != RollMode::surprise && mode != RollMode::uncertainty))
        return {};
    const auto& bits =
        mode == RollMode::surprise ? explanation->surprise : explanation->uncertainty;
    if (note >= bits.size() || bits[note] < 0.0f)
        return colour::panel.interpolatedWith(colour::dimText, 0.35f);
    return scaleColour(bits[note] / mostBits);
}

// ---- heat --------------------------------------------------------------------------------------

juce::Colour RollOverlay::heatColour(float chance) const
{
    const juce::Colour full = explanation->take->hasVoices()
                                  ? juce::Colour(colour::voices[static_cast<std::size_t>(voice)])
                                  : juce::Colour(colour::accent);
    return colour::panel.interpolatedWith(full, 0.08f + 0.85f * strengthOf(chance));
}

void RollOverlay::paintLegend(juce::Graphics& g, juce::Rectangle<float> box) const
{
    const bool isHeat = mode == RollMode::chances;
    const juce::String title = isHeat                       ? "chance"
                               : mode == RollMode::surprise ? "surprise, bits"
                                                            : "uncertainty, bits";
    g.setFont(fontOf(11.5f));
    g.setColour(colour::dimText);
    g.drawText(isHeat ? "100 %" : juce::String(mostBits, 0) + "+", box.removeFromRight(34.0f),
               juce::Justification::centredRight, false);
    const auto bar = box.removeFromRight(76.0f).withSizeKeepingCentre(72.0f, 9.0f);
    g.drawText("0", box.removeFromRight(12.0f), juce::Justification::centredRight, false);
    g.drawText(title, box, juce::Justification::centredLeft, false);
    constexpr int slices = 36;
    for (int i = 0; i < slices; ++i) {
        const float place = (static_cast<float>(i) + 0.5f) / slices;
        g.setColour(isHeat ? heatColour(place) : scaleColour(place));
        g.fillRect(juce::Rectangle<float>(
            bar.getX() + bar.getWidth() * static_cast<float>(i) / static_cast<float>(slices),
            bar.getY(), bar.getWidth() / slices + 0.5f, bar.getHeight()));
    }
}

void RollOverlay::fillCell(juce::Graphics& g, float from, float to, int pitch, float chance) const
{
    if (chance < leastShown || pitch < view.lowest() || pitch > view.highest())
        return;
    g.setColour(heatColour(chance));
    g.fillRect(juce::Rectangle<float>(from, view.yOf(pitch), std::max(1.0f, to - from - 0.5f),
                                      std::max(1.0f, view.rowHeight() - 0.5f)));
}

void RollOverlay::paintElementHeat(juce::Graphics& g) const
{
    for (const plugin::ExplainedElement& element : explanation->elements) {
        const float from = view.xOfTick(element.onset);
        const float to = view.xOfTick(element.onset + element.duration);
        if (to < view.area().getX() || from > view.area().getRight())
            continue;
        for (const plugin::HeatCell& cell : element.cells)
            if (cell.pitch != plugin::HeatCell::rest)
                fillCell(g, from, to, cell.pitch, cell.value);
    }
}

void RollOverlay::paintVoiceHeat(juce::Graphics& g) const
{
    const std::int64_t end = explanation->take->length();
    for (std::int64_t tick = explanation->start; tick < end; tick += plugin::activationStep) {
        const float from = view.xOfTick(tick);
        const float to = view.xOfTick(tick + plugin::activationStep);
        if (to < view.area().getX() || from > view.area().getRight())
            continue;
        for (int pitch = view.lowest(); pitch <= view.highest(); ++pitch)
            fillCell(g, from, to + 0.5f, pitch, explanation->activationAt(voice, tick, pitch));
    }
}

void RollOverlay::paintHeat(juce::Graphics& g) const
{
    if (!isOn() || mode != RollMode::chances)
        return;
    if (explanation->take->hasVoices())
        paintVoiceHeat(g);
    else
        paintElementHeat(g);
}

// ---- attention ---------------------------------------------------------------------------------

void RollOverlay::paintAttention(juce::Graphics& g, std::size_t note) const
{
    if (!isOn() || mode != RollMode::attention || note >= explanation->elementOfNote.size())
        return;
    const int place = explanation->elementOfNote[note];
    const float* weights = place >= 0 ? explanation->attentionOf(place) : nullptr;
    if (weights == nullptr)
        return;
    std::vector<int> order;
    for (int i = 0; i < place; ++i)
        if (weights[i] >= leastWeight)
            order.push_back(i);
    std::stable_sort(order.begin(), order.end(),
                     [weights](int a, int b) { return weights[a] > weights[b]; });
    if (order.size() > mostArcs)
        order.resize(mostArcs);
    const auto topOf = [this](const plugin::ExplainedElement& element) {
        int pitch = (view.lowest() + view.highest()) / 2;
        if (!element.pitches.empty())
            pitch = *std::max_element(element.pitches.begin(), element.pitches.end());
        // What was heard before the take lies at its left edge.
        const float x = std::max(view.xOfTick(0), view.xOfTick(element.onset)) + 3.0f;
        return juce::Point<float>(x, view.yOf(pitch) + 1.0f);
    };
    const auto target = topOf(explanation->elements[static_cast<std::size_t>(place)]);
    for (auto i = order.rbegin(); i != order.rend(); ++i) { // the weightiest last, on top
        const auto source = topOf(explanation->elements[static_cast<std::size_t>(*i)]);
        const float rise = std::min(90.0f, 14.0f + 0.22f * (target.x - source.x));
        const float height =
            std::max(view.area().getY() + 2.0f, std::min(source.y, target.y) - rise);
        juce::Path arc;
        arc.startNewSubPath(source);
        arc.cubicTo({source.x, height}, {target.x, height}, target);
        const float weight = weights[*i];
        g.setColour(colour::text.withAlpha(0.35f + 0.6f * strengthOf(weight)));
        g.strokePath(arc, juce::PathStrokeType(std::max(0.8f, thickestArc * weight)));
        g.fillEllipse(juce::Rectangle<float>(5.0f, 5.0f).withCentre(source));
    }
}

// ---- choices -----------------------------------------------------------------------------------

std::optional<RollOverlay::Choice> RollOverlay::choiceAt(std::int64_t tick, int pitch) const
{
    if (!isOn() || mode != RollMode::chances || tick < explanation->start)
        return {};
    Choice choice;
    choice.pitch = pitch;
    if (explanation->take->hasVoices()) {
        choice.tick = explanation->start +
                      (tick - explanation->start) / plugin::activationStep * plugin::activationStep;
        choice.chance = explanation->activationAt(voice, tick, pitch);
        const auto& notes = explanation->take->notes;
        choice.isChosen = std::any_of(notes.begin(), notes.end(), [&](const auto& note) {
            return note.voice == voice && note.pitch == pitch && note.onset <= tick &&
                   tick < note.onset + note.duration;
        });
    } else {
        const int place = explanation->elementAt(tick);
        choice.element = place - static_cast<int>(explanation->heardElements);
        if (choice.element < 0)
            return {};
        const auto& element = explanation->elements[static_cast<std::size_t>(place)];
        choice.tick = element.onset;
        for (const plugin::HeatCell& cell : element.cells)
            if (cell.pitch == pitch)
                choice.chance = cell.value;
        choice.isChosen = std::find(element.pitches.begin(), element.pitches.end(), pitch) !=
                          element.pitches.end();
    }
    if (choice.chance < leastShown)
        return {};
    return choice;
}

std::optional<RollOverlay::Choice> RollOverlay::choiceAt(juce::Point<float> place) const
{
    if (!view.area().contains(place))
        return {};
    return choiceAt(view.tickAt(place.x), view.pitchAt(place.y));
}

std::vector<RollOverlay::Choice> RollOverlay::choicesAt(std::int64_t tick, std::size_t most) const
{
    std::vector<Choice> choices;
    for (int pitch = 0; pitch < 128; ++pitch)
        if (const auto choice = choiceAt(tick, pitch))
            choices.push_back(*choice);
    std::stable_sort(choices.begin(), choices.end(),
                     [](const Choice& a, const Choice& b) { return a.chance > b.chance; });
    if (choices.size() > most)
        choices.resize(most);
    return choices;
}

} // namespace organum::editor
