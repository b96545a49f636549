#pragma once

// A named rotary knob bound to one parameter: by mouse, wheel, keyboard and by typing a number.

#include "Interface/Theme.h"

#include <juce_audio_processors/juce_audio_processors.h>

namespace organum::editor
{

/** Arrow keys move by one step, Page Up and Down by ten, Home and End to the ends. */
class KeyboardSlider : public juce::Slider
{
public:
    bool keyPressed(const juce::KeyPress& key) override;
    /** A drag with Shift held down is fine. */
    void mouseDown(const juce::MouseEvent& event) override;
};

/** A number in a box that is dragged, typed or moved by keys. */
class NumberBox : public KeyboardSlider
{
public:
    NumberBox(juce::RangedAudioParameter& parameter, const juce::String& unit,
              const juce::String& hint);

private:
    juce::SliderParameterAttachment attachment;
};

class Knob : public juce::Component
{
public:
    /** `label` stands above the knob, short; `hint` is the tooltip: what the setting does to the
        music. */
    Knob(juce::RangedAudioParameter& parameter, const juce::String& label,
         const juce::String& hint);
    void resized() override;

    juce::Slider& control() { return slider; }

private:
    juce::Label name;
    KeyboardSlider slider;
    juce::SliderParameterAttachment attachment;
};

} // namespace organum::editor
