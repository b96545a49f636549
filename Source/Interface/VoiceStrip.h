#pragma once

// What one voice has of its own: its name in its colour, lock, mute, die and channel.

#include "Interface/Parts.h"
#include "Plugin/VoiceParameters.h"

namespace organum::editor
{

class VoiceStrip : public juce::Component
{
public:
    VoiceStrip(plugin::VoiceControls& controls, const juce::String& nameIn,
               const colour::Role& tintIn);
    void paint(juce::Graphics& g) override;
    void resized() override;

    std::function<void()> onReroll;

private:
    juce::Rectangle<int> nameArea() const;

    const juce::String name;
    const colour::Role tint;
    SwitchButton lock, mute;
    DiceButton dice;
    ChannelMenu channel;
};

} // namespace organum::editor
