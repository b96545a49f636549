#pragma once

// A handle from which the take can be dragged into a host's track as a MIDI file. Hosts read the
// file late, so it stays in a folder of temporary files under a fresh name.

#include "Interface/Theme.h"

#include <functional>
#include <vector>

namespace organum::editor
{

class DragSource : public juce::Component, public juce::SettableTooltipClient
{
public:
    DragSource();
    /** Gives the bytes of the file to drag; empty: there is nothing to drag. */
    std::function<std::vector<std::uint8_t>()> content;

    void paint(juce::Graphics& g) override;
    void mouseDrag(const juce::MouseEvent& event) override;
    void enablementChanged() override { repaint(); }

private:
    bool dragging = false;
    void mouseUp(const juce::MouseEvent&) override { dragging = false; }
};

} // namespace organum::editor
