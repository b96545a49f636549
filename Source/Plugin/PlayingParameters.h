#pragma once

// The automatable settings of how a take is played: mode, clock, swing and humanising, and what
// hosts may press. None of them changes a take.

#include "Player/Feel.h"
#include "Player/Modes.h"

#include <juce_audio_processors/juce_audio_processors.h>

namespace organum::plugin
{

/** Owned by the processor. Values may be read on any thread, the audio thread included. */
struct PlayingParameters
{
    static constexpr int mostCallBars = 16;

    explicit PlayingParameters(juce::AudioProcessor& processor);

    /** barTicks of the host's metre. */
    player::ModeSettings mode(std::int64_t barTicks) const;
    player::Feel feel() const;
    bool isMode(player::Mode wanted) const
    {
        return modeChoice->getIndex() == static_cast<int>(wanted);
    }

    juce::AudioParameterChoice* modeChoice;
    juce::AudioParameterChoice* grid; ///< where triggered takes begin
    juce::AudioParameterInt* callBars;
    juce::AudioParameterBool* runFree;
    juce::AudioParameterFloat* freeTempo; ///< quarter notes a minute
    juce::AudioParameterFloat* swing;     ///< percent
    juce::AudioParameterChoice* swingStep;
    juce::AudioParameterFloat* timing;   ///< percent
    juce::AudioParameterFloat* velocity; ///< percent
    juce::AudioParameterBool* saveAsPlayed;
    // What acts when it goes from off to on.
    juce::AudioParameterBool* panic;
    juce::AudioParameterBool* previousTake;
    juce::AudioParameterBool* nextTake;
};

} // namespace organum::plugin
