#pragma once

// Where in the music a block lies. Hosts leave out any field they like, round positions (Ardour:
// 1/1920 quarter) or tell them only when something changes (LV2), so the transport reckons on by
// itself between what it is told and says when the position has jumped.

#include <juce_audio_basics/juce_audio_basics.h>

#include <array>
#include <cstdint>

namespace organum::player
{

/** A stretch of a block in which time runs on evenly. */
struct Segment
{
    int begin = 0;              ///< first sample in the block
    int end = 0;                ///< one after the last
    bool jumped = false;        ///< does not follow from what was played before
    double anchorQuarter = 0.0; ///< a moment of the host's time in quarter notes, and ...
    double anchorOffset = 0.0;  ///< ... the sample of this block it falls on (may be far before)
    double samplesPerQuarter = 24000.0;

    double quarterAt(double offset) const
    {
        return anchorQuarter + (offset - anchorOffset) / samplesPerQuarter;
    }
    /** The sample on which a tick sounds: the one whose time contains it. The small push keeps a
        moment that lies exactly on a sample there in spite of rounding. */
    std::int64_t offsetOf(std::int64_t tick) const;
    /** The first tick that sounds at that sample or later. */
    std::int64_t firstTickAt(int offset) const;
};

/** What the transport makes of one block. */
struct BlockTime
{
    bool playing = false;
    int count = 0;
    std::array<Segment, 2> segments; ///< two when the host's loop ends within the block
    double quarter = 0.0;            ///< at the block's first sample
};

class Transport
{
public:
    /** `host` is what the host told of this block, or null when it told nothing at all. Audio
        thread; takes constant time. sampleRate in Hz. */
    BlockTime follow(const juce::AudioPlayHead::PositionInfo* host, int samples, double sampleRate);

    /** The same without a host: runs from quarter 0 while called with `running`. */
    BlockTime runFree(bool running, double beatsPerMinute, int samples, double sampleRate);

    /** Forgets the position: the next playing block counts as a start. */
    void reset();

    double tempo() const { return beatsPerMinute; }

private:
    BlockTime advance(bool jumped, double quarter, int samples, double sampleRate,
                      const juce::AudioPlayHead::PositionInfo* host);

    bool wasPlaying = false;
    double beatsPerMinute = 120.0;
    double rate = 0.0;
    double anchorQuarter = 0.0;
    std::int64_t samplesSinceAnchor = 0;
    std::int64_t expectedSampleTime = 0;
    double lastBlockQuarters = 0.0;
};

} // namespace organum::player
