#pragma once

// Adds parameters to a processor, all made alike: what a value looks like as text comes back from
// that text.

#include <juce_audio_processors/juce_audio_processors.h>

#include <memory>

namespace organum::plugin
{

template <typename Parameter>
Parameter* added(juce::AudioProcessor& processor, std::unique_ptr<Parameter> parameter)
{
    Parameter* raw = parameter.get();
    processor.addParameter(parameter.release());
    return raw;
}

inline juce::AudioParameterFloat* addNumber(juce::AudioProcessor& processor,
                                            const juce::ParameterID& id, const juce::String& name,
                                            const juce::NormalisableRange<float>& values,
                                            float initial, int decimals)
{
    const auto attributes = juce::AudioParameterFloatAttributes()
                                .withStringFromValueFunction([decimals](float value, int) {
                                    return decimals == 0 ? juce::String(juce::roundToInt(value))
                                                         : juce::String(value, decimals);
                                })
                                .withValueFromStringFunction(
                                    [](const juce::String& text) { return text.getFloatValue(); });
    return added(processor, std::make_unique<juce::AudioParameterFloat>(id, name, values, initial,
                                                                        attributes));
}

inline juce::AudioParameterInt* addInteger(juce::AudioProcessor& processor,
                                           const juce::ParameterID& id, const juce::String& name,
                                           int low, int high, int initial)
{
    return added(processor,
                 std::make_unique<juce::AudioParameterInt>(id, name, low, high, initial));
}

inline juce::AudioParameterBool* addSwitch(juce::AudioProcessor& processor,
                                           const juce::ParameterID& id, const juce::String& name,
                                           bool initial)
{
    return added(processor, std::make_unique<juce::AudioParameterBool>(id, name, initial));
}

/** Sets a parameter to a value as the user reads it, telling the host if it is another one. Any
    thread but the audio thread. */
inline void setPlain(juce::RangedAudioParameter& parameter, float value)
{
    const float wanted = parameter.convertTo0to1(value);
    if (wanted != parameter.getValue())
        parameter.setValueNotifyingHost(wanted);
}

/** The same as one press or turn of the user's, which a host can record and undo. Message thread.
 */
inline void setAsGesture(juce::RangedAudioParameter& parameter, float value)
{
    parameter.beginChangeGesture();
    setPlain(parameter, value);
    parameter.endChangeGesture();
}

} // namespace organum::plugin
