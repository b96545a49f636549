#pragma once

// The bar above the editor with what a host would otherwise give: play and stop, loop, tempo and
// metre; files; which ports and which sound are in use.

#include "Interface/Knob.h"
#include "Interface/Parts.h"
#include "Plugin/Processor.h"
#include "Standalone/Transport.h"

#include <functional>

namespace organum::standalone
{

class TransportBar : public juce::Component
{
public:
    TransportBar(plugin::Processor& processorIn, Transport& transportIn);
    void resized() override;

    /** Brings all up to date. `follows`: time comes from the MIDI input. */
    void refresh(bool follows, double followedTempo);
    /** `hint` tells more. */
    void setStatus(const juce::String& text, const juce::String& hint);
    bool loops() const { return loop.getToggleState(); }
    void setLoops(bool on) { loop.setToggleState(on, juce::dontSendNotification); }
    void tap();

    std::function<void(juce::Component& button)> onFile;
    std::function<void()> onLoop, onMidi, onSound;

    static constexpr int height = 40;

private:
    void setUpTempo();
    void setUpMetres();

    plugin::Processor& processor;
    Transport& transport;
    TapTempo taps;
    juce::TextButton file{"File"};
    juce::TextButton play{"Play"};
    juce::ToggleButton loop{"Loop"};
    editor::KeyboardSlider tempo;
    juce::TextButton tapButton{"Tap"};
    juce::ComboBox metre;
    juce::Label place;
    juce::Label status;
    juce::TextButton midi{"MIDI..."};
    juce::TextButton sound{"Sound..."};
};

} // namespace organum::standalone
