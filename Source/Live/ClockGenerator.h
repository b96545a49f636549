#pragma once

// Makes MIDI clock of a transport that is told block by block: ticks on their samples, start,
// continue, stop, and a song position whenever the transport begins elsewhere than at 0 or jumps.
// Between stops the ticks go on at the tempo, since many machines measure it while they wait.

#include "Live/Clock.h"

namespace organum::live
{

/** Where the music is at a block's first sample. */
struct ClockBlock
{
    bool playing = false;
    double quarter = 0.0;
    double quartersPerSample = 0.0;
    int samples = 0;
};

class ClockGenerator
{
public:
    /** Calls `emit(sample, message)` for every message of the block, in order; the message's time
        is left to the caller. Audio thread: takes no memory and no locks. */
    template <typename Emit>
    void run(const ClockBlock& block, Emit&& emit)
    {
        if (block.samples <= 0 || !(block.quartersPerSample > 0.0))
            return;
        if (block.playing != playing || (playing && jumped(block)))
            change(block, emit);
        // Stopped, the ticks have a place of their own to count from.
        const double from = playing ? block.quarter : idle;
        const double to = from + block.samples * block.quartersPerSample;
        for (; quarterOfTick(next) < to - tickSlack / ticksPerQuarter; ++next) {
            const double offset = (quarterOfTick(next) - from) / block.quartersPerSample;
            emit(std::clamp(static_cast<int>(offset + 1.0e-4), 0, block.samples - 1),
                 shortMessage(0.0, clockTick));
        }
        (playing ? expected : idle) = to;
    }

    /** Nothing was sent, or the receiver has forgotten all: the next block tells it anew. */
    void forget() { playing = false; }

private:
    bool jumped(const ClockBlock& block) const
    {
        return std::abs(block.quarter - expected) > 0.5 / ticksPerQuarter;
    }

    template <typename Emit>
    void change(const ClockBlock& block, Emit&& emit)
    {
        if (playing)
            emit(0, shortMessage(0.0, clockStop));
        playing = block.playing;
        if (!playing) {
            idle = 0.0;
            next = 0;
            return;
        }
        // A receiver goes on at the first tick after it was told to, from the place it was told.
        const int sixteenth = sixteenthAtOrAfter(block.quarter);
        next = std::int64_t{ticksPerSixteenth} * sixteenth;
        if (sixteenth == 0) {
            emit(0, shortMessage(0.0, clockStart));
        } else {
            emit(0, songPositionMessage(0.0, sixteenth));
            emit(0, shortMessage(0.0, clockContinue));
            // Beyond what song position can say, receivers are told the last place there is.
            next = std::max(next, tickAtOrAfter(block.quarter));
        }
    }

    bool playing = false;
    double expected = 0.0; ///< the quarter the next block should begin at
    double idle = 0.0;     ///< quarters of ticking since the last stop
    std::int64_t next = 0; ///< tick to come, of the music or of the idle ticking
};

} // namespace organum::live
