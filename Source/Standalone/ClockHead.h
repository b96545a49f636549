#pragma once

// A MIDI clock that comes in, as the position a host would tell the plugin. The place is never
// corrected by a step, which would sound like a jump: the tempo is bent a little until both agree.

#include "Live/ClockFollower.h"

#include <juce_audio_basics/juce_audio_basics.h>

#include <algorithm>
#include <cmath>

namespace organum::standalone
{

class ClockHead : public juce::AudioPlayHead
{
public:
    juce::Optional<PositionInfo> getPosition() const override { return told; }

    /** Nothing is followed: the plugin is told nothing, as without a host. */
    void release()
    {
        told = {};
        wasPlaying = false;
    }

    /** Before each block. Audio thread. */
    void follow(const live::ClockPosition& clock, int samples, double sampleRate)
    {
        if (clock.playing && (!wasPlaying || clock.revision != revision)) {
            // What was started a moment ago is played from its first note on.
            const bool isFresh =
                clock.revision != revision && clock.quarter - clock.start < largestBend;
            quarter = isFresh ? clock.start : clock.quarter;
        }
        const double error = clock.quarter - quarter;
        if (!clock.playing || std::abs(error) > largestBend)
            quarter = clock.playing ? clock.quarter : clock.start;
        revision = clock.playing ? clock.revision : revision;
        wasPlaying = clock.playing;

        double tempo = clock.beatsPerMinute;
        if (clock.playing && std::abs(error) <= largestBend)
            tempo *= 1.0 + std::clamp(2.0 * error, -0.3, 0.3); // gone in about half a quarter note
        PositionInfo info;
        info.setIsPlaying(clock.playing);
        info.setBpm(tempo);
        info.setPpqPosition(quarter);
        told = info;
        nowTempo = tempo;
        nowQuarter = quarter;
        if (clock.playing)
            quarter += tempo / 60.0 * samples / sampleRate;
    }

    bool isPlaying() const { return wasPlaying; }
    /** Of the block that follow() was called for. */
    double blockQuarter() const { return nowQuarter; }
    double beatsPerMinute() const { return nowTempo; }

private:
    static constexpr double largestBend = 0.25; ///< quarter notes

    juce::Optional<PositionInfo> told;
    double quarter = 0.0;
    double nowQuarter = 0.0;
    double nowTempo = 120.0;
    bool wasPlaying = false;
    std::uint32_t revision = 0;
};

} // namespace organum::standalone
