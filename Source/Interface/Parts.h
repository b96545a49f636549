#pragma once

// Small parts that several panels share: a die, a switch, a menu of channels, a menu's label.

#include "Interface/Theme.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <functional>

namespace organum::editor
{

/** Gives a control what every control has: a name for screen readers, a tooltip, the keyboard. */
template <typename Control>
void setUp(Control& control, const juce::String& title, const juce::String& hint)
{
    control.setTitle(title);
    control.setTooltip(hint);
    control.setWantsKeyboardFocus(true);
}

/** A label that only names the control beside it, which screen readers name by itself. */
void setUpCaption(juce::Label& label, const juce::String& text,
                  juce::Justification justification = juce::Justification::centredLeft);

/** Throws dice: another idea by chance. */
class DiceButton : public juce::Button
{
public:
    DiceButton(const juce::String& title, const juce::String& hint);
    void paintButton(juce::Graphics& g, bool isOver, bool isDown) override;
};

/** A button that stays down, bound to a parameter. */
class SwitchButton : public juce::TextButton
{
public:
    SwitchButton(juce::AudioParameterBool& parameter, const juce::String& label,
                 const juce::String& title, const juce::String& hint);

private:
    juce::ButtonParameterAttachment attachment;
};

/** MIDI channels 1..16, bound to a parameter. */
class ChannelMenu : public juce::ComboBox
{
public:
    /** `prefix` stands before the numbers. */
    ChannelMenu(juce::AudioParameterInt& parameter, const juce::String& title,
                const juce::String& hint, const juce::String& prefix = {});

private:
    juce::ParameterAttachment attachment;
};

} // namespace organum::editor
