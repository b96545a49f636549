#pragma once

// How loud each note is, as stems below the roll; they can be dragged.

#include "Interface/NoteHand.h"
#include "Interface/RollView.h"

#include <optional>

namespace organum::editor
{

class VelocityStrip : public juce::Component, public juce::SettableTooltipClient
{
public:
    static constexpr int preferredHeight = 40;

    /** Both must outlive it. */
    VelocityStrip(NoteHand& handIn, const RollView& viewIn);
    /** The colour of a note, as the roll paints it. */
    std::function<juce::Colour(std::size_t note)> colourOf;

    void paint(juce::Graphics& g) override;
    void mouseDown(const juce::MouseEvent& event) override;
    void mouseDrag(const juce::MouseEvent& event) override;
    void mouseUp(const juce::MouseEvent& event) override;
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    std::optional<std::size_t> noteAt(float x) const;
    /** From the roll's x to ours. */
    float xOf(const plugin::TakeNote& note) const;
    float heightOf(int velocity) const;

    NoteHand& hand;
    const RollView& view;
    std::size_t anchor = 0;
};

} // namespace organum::editor
