#pragma once

// Paints how the notes of a take came about: heat map, attention, colours of surprise and
// uncertainty. Stateless but for what is to be painted; the roll decides when.

#include "Interface/RollMode.h"
#include "Interface/RollView.h"
#include "Plugin/Explanation.h"

#include <optional>

namespace organum::editor
{

/** Bits at which the scale of surprise and uncertainty ends. */
constexpr float mostBits = 6.0f;

class RollOverlay
{
public:
    explicit RollOverlay(const RollView& viewIn)
        : view(viewIn)
    {
    }

    /** Null, or one that shows nothing: only the notes are seen. */
    void setExplanation(plugin::ExplanationPointer explanationIn)
    {
        explanation = std::move(explanationIn);
    }
    const plugin::ExplanationPointer& shown() const { return explanation; }
    void setMode(RollMode wanted) { mode = wanted; }
    RollMode currentMode() const { return mode; }
    /** In music with voices: whose chances are seen. */
    void setVoice(int wanted) { voice = wanted; }
    int currentVoice() const { return voice; }
    bool isOn() const
    {
        return mode != RollMode::notes && explanation != nullptr && explanation->isShown();
    }

    /** Behind the notes. */
    void paintHeat(juce::Graphics& g) const;
    /** From a note to what was listened to when it was chosen; above the notes. */
    void paintAttention(juce::Graphics& g, std::size_t note) const;
    /** Whether its colours need a word, and what they mean. */
    bool hasLegend() const { return isOn() && mode != RollMode::attention; }
    void paintLegend(juce::Graphics& g, juce::Rectangle<float> box) const;
    /** Of a note on the scale of the mode; none where the mode has no scale or nothing is known. */
    std::optional<juce::Colour> colourOf(std::size_t note) const;
    /** 0..1 from one end of the scale to the other. */
    static juce::Colour scaleColour(float place);
    /** How strongly a chance of 0..1 is painted: small ones can be seen, too. */
    static float strengthOf(float chance);

    /** A choice that the heat map offers at a place. */
    struct Choice
    {
        int element = -1; ///< among the new elements; -1 in music with voices
        std::int64_t tick = 0;
        int pitch = 60;
        float chance = 0.0f;
        bool isChosen = false;
    };
    std::optional<Choice> choiceAt(juce::Point<float> place) const;
    /** The same for a time and a pitch. */
    std::optional<Choice> choiceAt(std::int64_t tick, int pitch) const;
    /** The likeliest pitches of the choice that lasts at a time, without the rest. */
    std::vector<Choice> choicesAt(std::int64_t tick, std::size_t most) const;

private:
    void paintElementHeat(juce::Graphics& g) const;
    void paintVoiceHeat(juce::Graphics& g) const;
    juce::Colour heatColour(float chance) const;
    void fillCell(juce::Graphics& g, float from, float to, int pitch, float chance) const;

    const RollView& view;
    plugin::ExplanationPointer explanation;
    RollMode mode = RollMode::notes;
    int voice = 0;
};

} // namespace organum::editor
