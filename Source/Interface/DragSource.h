#pragma once

// A handle from which the take can be dragged into a host's track as a MIDI file.

#include "Interface/Theme.h"

#include <functional>

namespace organum::editor
{

class DragSource : public juce::Component, public juce::SettableTooltipClient
{
public:
    DragSource();
    /** Makes the file to drag; none: there is nothing to drag. */
    std::function<juce::File()> content;

    void paint(juce::Graphics& g) override;
    void mouseDrag(const juce::MouseEvent& event) override;
    void enablementChanged() override { repaint(); }

private:
    bool dragging = false;
    void mouseUp(const juce::MouseEvent&) override { dragging = false; }
};

} // namespace organum::editor
