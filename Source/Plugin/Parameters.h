#pragma once

// Every automatable setting, with its frozen id, and plain snapshots of them for other threads.

#include <juce_audio_processors/juce_audio_processors.h>

#include <cstdint>
#include <functional>

namespace organum::plugin
{

/** What a generation needs to know of the knobs, taken at one moment. */
struct Settings
{
    int model = 0; ///< place in the list of models
    int bars = 16; ///< 1..256
    std::uint64_t seed = 1;
    double pitchTemperature = 1.0;
    double durationTemperature = 1.0;
    double topP = 1.0;
    int key = 0;   ///< tonic, 0 = C
    int scale = 0; ///< index in score::scales(); 0 = no constraint

    /** Allowed pitch classes, bit 0 = C. */
    std::uint32_t pitchClassMask() const;
};

/** Owned by the processor. Values may be read on any thread, the audio thread included. */
struct Parameters
{
    static constexpr int modelPlaces = 32;
    static constexpr int largestSeed = 99999;

    /** Adds every parameter to the processor. `modelName` names the model at a place; it is called
        on any thread but an audio thread. */
    Parameters(juce::AudioProcessor& processor, std::function<juce::String(int)> modelName);

    Settings settings() const;

    juce::AudioParameterInt* model;
    juce::AudioParameterFloat* bars;
    juce::AudioParameterInt* seed;
    juce::AudioParameterFloat* pitchTemperature;
    juce::AudioParameterFloat* durationTemperature;
    juce::AudioParameterFloat* topP;
    juce::AudioParameterChoice* key;
    juce::AudioParameterChoice* scale;
    juce::AudioParameterInt* channel;
    juce::AudioParameterBool* follow;
    juce::AudioParameterBool* thru;
    juce::AudioParameterBool* preview;
    juce::AudioParameterBool* generate;     ///< composes when it goes from off to on
    juce::AudioParameterBool* continueTake; ///< the same for going on from the take
};

} // namespace organum::plugin
