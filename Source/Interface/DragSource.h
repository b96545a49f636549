#pragma once

// A handle from which a take, or one voice of it, can be dragged into a host's track as a MIDI
// file.

#include "Interface/Theme.h"

#include <functional>

namespace organum::editor
{

class DragSource : public juce::Component, public juce::SettableTooltipClient
{
public:
    /** `caption` is what is written on it, `title` what a screen reader says. */
    DragSource(const juce::String& title, const juce::String& caption);
    /** Shows the colour of what is dragged. */
    void setTint(const colour::Role& colourIn);

    /** Makes the file to drag; none: there is nothing to drag. */
    std::function<juce::File()> content;
    /** The drag is over; whether something outside of this window took the file, as far as the
        window system tells. */
    std::function<void(bool outside)> ended;

    void paint(juce::Graphics& g) override;
    void mouseDrag(const juce::MouseEvent& event) override;
    void mouseUp(const juce::MouseEvent&) override { dragging = false; }
    void mouseEnter(const juce::MouseEvent&) override { repaint(); }
    void mouseExit(const juce::MouseEvent&) override { repaint(); }
    void enablementChanged() override { repaint(); }

private:
    void finish();

    juce::String caption;
    std::optional<colour::Role> tint;
    bool dragging = false;
};

} // namespace organum::editor
