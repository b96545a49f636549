#pragma once

// The automatable settings of models with voices: ten knobs between two ideas each, the rules, and
// what every voice has of its own.

#include "Plugin/Settings.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <array>
#include <cstdint>

namespace organum::plugin
{

struct LatentParameters
{
    juce::AudioParameterInt* seedA = nullptr;
    juce::AudioParameterInt* seedB = nullptr;
    juce::AudioParameterFloat* morph = nullptr;
};

struct VoiceControls
{
    juce::AudioParameterBool* lock = nullptr;
    juce::AudioParameterBool* mute = nullptr;
    juce::AudioParameterInt* channel = nullptr; ///< 1..16
};

/** Owned by the processor. Values may be read on any thread, the audio thread included. */
struct VoiceParameters
{
    explicit VoiceParameters(juce::AudioProcessor& processor);

    void read(Settings& settings) const;
    /** Tells the host. Any thread but the audio thread. */
    void apply(const Settings& settings);

    std::uint32_t lockedVoices() const;              ///< bit v = voice v
    std::uint32_t mutedVoices() const;               ///< bit v = voice v
    std::array<int, largestVoices> channels() const; ///< 0..15

    std::array<LatentParameters, latentCount> latents;
    juce::AudioParameterFloat* rules = nullptr;
    std::array<VoiceControls, largestVoices> voices;
    std::array<juce::AudioParameterFloat*, macroCount> macros{};
};

} // namespace organum::plugin
