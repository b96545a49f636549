#pragma once

// A lamp that lights up while notes leave the plugin, so that silence can be told from bad routing.

#include "Interface/Theme.h"

namespace organum::editor
{

class MidiLight : public juce::Component, public juce::SettableTooltipClient
{
public:
    MidiLight();
    /** `blocksWithNotes` grows while notes go out; called 30 times a second. */
    void show(std::uint32_t blocksWithNotes);
    bool isLit() const { return lit > 0; }
    void paint(juce::Graphics& g) override;
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    std::uint32_t seen = 0;
    bool everSeen = false;
    int lit = 0; ///< frames that it goes on shining
};

} // namespace organum::editor
