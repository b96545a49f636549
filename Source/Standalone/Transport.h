#pragma once

// What a host would be to the plugin: time that runs or stands, with a tempo and a metre. It runs
// while the plugin "listens", so that the window's own button and the transport's are one.

#include <juce_audio_basics/juce_audio_basics.h>

#include <algorithm>
#include <atomic>
#include <cmath>

namespace organum::standalone
{

class Transport : public juce::AudioPlayHead
{
public:
    static constexpr double slowest = 20.0; ///< quarter notes a minute
    static constexpr double fastest = 400.0;

    // ---- any thread -------------------------------------------------------------------------
    void setTempo(double beatsPerMinute)
    {
        if (std::isfinite(beatsPerMinute)) // a clamp lets through what is no number
            wantedTempo = std::clamp(beatsPerMinute, slowest, fastest);
    }
    double tempo() const { return wantedTempo; }
    /** Other metres than 1..32 over 1, 2, 4 ... 32 are left aside. */
    void setMetre(int numerator, int denominator)
    {
        if (numerator >= 1 && numerator <= 32 && denominator >= 1 && denominator <= 32 &&
            (denominator & (denominator - 1)) == 0)
            metre = numerator * 64 + denominator;
    }
    int numerator() const { return metre / 64; }
    int denominator() const { return metre % 64; }
    /** In quarter notes. */
    double barLength() const { return 4.0 * numerator() / denominator(); }
    /** Where time ends by itself, in quarter notes; 0: nowhere. */
    void setEnd(double quarter) { wantedEnd = quarter; }
    /** Quarter notes since the start; 0 while it stands. */
    double quarter() const { return shownQuarter; }

    // ---- audio thread -----------------------------------------------------------------------
    /** How many of the block's samples are left before the end; all of them when there is none. */
    int samplesToEnd(int samples, double sampleRate) const
    {
        const double end = wantedEnd;
        if (!(end > 0.0))
            return samples;
        const double left = std::ceil((end - place) * 60.0 * sampleRate / wantedTempo - 1.0e-6);
        return static_cast<int>(std::clamp(left, 0.0, static_cast<double>(samples)));
    }
    /** Before each block: what getPosition() tells of it. */
    void run(bool plays, int samples, double sampleRate)
    {
        if (!plays || !playing)
            place = 0.0;
        playing = plays;
        blockPlace = place;
        blockTempo = wantedTempo;
        PositionInfo info;
        info.setIsPlaying(plays);
        info.setBpm(blockTempo);
        info.setPpqPosition(place);
        info.setTimeSignature(TimeSignature{numerator(), denominator()});
        told = info;
        if (plays)
            place += blockTempo / 60.0 * samples / sampleRate;
        shownQuarter = place;
    }
    bool isPlaying() const { return playing; }
    /** Of the block that run() was called for. */
    double blockQuarter() const { return blockPlace; }
    double beatsPerMinute() const { return blockTempo; }

    juce::Optional<PositionInfo> getPosition() const override { return told; }

private:
    std::atomic<double> wantedTempo{100.0};
    std::atomic<int> metre{4 * 64 + 4}; ///< numerator * 64 + denominator
    std::atomic<double> wantedEnd{0.0};
    std::atomic<double> shownQuarter{0.0};

    // The audio thread's alone.
    juce::Optional<PositionInfo> told;
    bool playing = false;
    double place = 0.0;
    double blockPlace = 0.0;
    double blockTempo = 100.0;
};

/** The tempo of somebody's taps: the mean of the last few, begun anew after a pause. */
class TapTempo
{
public:
    /** seconds: when; any clock. Quarter notes a minute, or 0 after a first tap. */
    double tap(double seconds)
    {
        if (count > 0 && seconds - times[(count - 1) % kept] > longestPause)
            count = 0;
        times[count++ % kept] = seconds;
        if (count < 2)
            return 0.0;
        const std::size_t used = std::min(count, kept);
        const double first = times[(count - used) % kept];
        const double span = seconds - first;
        if (!(span > 0.0))
            return 0.0;
        return std::clamp(60.0 * static_cast<double>(used - 1) / span, Transport::slowest,
                          Transport::fastest);
    }

private:
    static constexpr std::size_t kept = 5;
    static constexpr double longestPause = 3.0;
    double times[kept] = {};
    std::size_t count = 0;
};

} // namespace organum::standalone
