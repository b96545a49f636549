#pragma once

// One of the ten knobs of a model with voices: it glides from idea A to idea B. Each idea is a
// number that can be typed, and the die throws another A.

#include "Interface/Knob.h"
#include "Interface/Parts.h"
#include "Plugin/VoiceParameters.h"

namespace organum::editor
{

/** The number of an idea, in a small box. */
class SeedBox : public NumberBox
{
public:
    /** `letter`, "A" or "B", stands before the number. */
    SeedBox(juce::AudioParameterInt& parameter, const juce::String& letter,
            const juce::String& hint);
};

class LatentKnob : public juce::Component
{
public:
    /** `label` stands above, `name` is the whole name, e.g. "Melody soprano"; `meaning` says what
        the knob does to the music. */
    LatentKnob(const plugin::LatentParameters& parameters, const juce::String& label,
               const juce::String& name, const juce::String& meaning, const colour::Role& tint);
    void resized() override;

    static constexpr int height = 106;
    std::function<void()> onReroll;

private:
    juce::Label caption;
    KeyboardSlider morph;
    juce::SliderParameterAttachment morphAttachment;
    SeedBox seedA, seedB;
    DiceButton dice;
};

} // namespace organum::editor
