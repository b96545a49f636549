#pragma once

// Every automatable setting, with its frozen id, and plain snapshots of them for other threads.

#include "Plugin/HarmonyBox.h"
#include "Plugin/PlayingParameters.h"
#include "Plugin/Settings.h"
#include "Plugin/VoiceParameters.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <functional>
#include <optional>

namespace organum::plugin
{

/** Owned by the processor. Values may be read on any thread, the audio thread included. */
struct Parameters
{
    static constexpr int modelPlaces = 32;
    static constexpr int largestSeed = Settings::largestSeed;

    /** Adds every parameter to the processor. `modelName` names the model at a place; it is called
        on any thread but an audio thread. */
    Parameters(juce::AudioProcessor& processor, std::function<juce::String(int)> modelName);

    /** Not on the audio thread. */
    Settings settings() const;
    /** Turns the knobs back to where they stood, all but the model, and tells the host. Any thread
        but the audio thread. */
    void apply(const Settings& settings);

    juce::AudioParameterInt* model;
    juce::AudioParameterFloat* bars;
    juce::AudioParameterInt* seed;
    juce::AudioParameterFloat* pitchTemperature;
    juce::AudioParameterFloat* durationTemperature;
    juce::AudioParameterFloat* topP;
    juce::AudioParameterChoice* key;
    juce::AudioParameterChoice* scale;
    juce::AudioParameterInt* channel; ///< of music without voices
    juce::AudioParameterBool* follow;
    juce::AudioParameterBool* thru;
    juce::AudioParameterBool* preview;
    juce::AudioParameterBool* generate;     ///< composes when it goes from off to on
    juce::AudioParameterBool* continueTake; ///< the same for going on from the take
    VoiceParameters voices;                 ///< after all of the above: hosts count them
    PlayingParameters playing;              ///< after the voices, for the same reason
    /** A pitch as a musician types it, by name or number; "any" is `open`. Empty when it is none.
     */
    static std::optional<int> pitchFromText(const juce::String& text, int open);

    // The range of music without voices; either end may be the lower one.
    juce::AudioParameterInt* lowest; ///< after what is played, for the same reason
    juce::AudioParameterInt* highest;
    HarmonyBox harmony; ///< no parameter, but a setting all the same
};

} // namespace organum::plugin
