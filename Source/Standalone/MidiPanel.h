#pragma once

// The dialog that chooses MIDI ports and clock. Choices hold at once and are remembered.

#include "Interface/Theme.h"
#include "Standalone/MidiPorts.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <vector>

namespace organum::standalone
{

class MidiPanel : public juce::Component, private juce::Timer
{
public:
    MidiPanel(MidiPorts& portsIn, editor::Theme& theme);
    ~MidiPanel() override;
    void paint(juce::Graphics& g) override;
    void resized() override;

private:
    /** One direction: its menu and what stands at each place of it. */
    struct Choice
    {
        juce::Label label;
        juce::ComboBox box;
        std::vector<live::PortWish> wishes;
    };
    void fill(Choice& choice, const std::vector<live::PortName>& ports,
              const live::PortWish& present);
    void add(juce::Component& component, const juce::String& title);
    void apply();
    void refresh();
    void timerCallback() override;

    MidiPorts& ports;
    Choice output;
    Choice input;
    juce::ToggleButton sendClock{"Send MIDI clock to the output"};
    juce::ToggleButton followClock{"Follow the MIDI clock of the input"};
    juce::TextButton again{"Look again"};
    juce::Label status;
};

} // namespace organum::standalone
