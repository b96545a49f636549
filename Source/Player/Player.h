#pragma once

// Plays a take in time with the host, in a loop that stays on the host's bars. Everything here is
// for the audio thread and neither allocates, locks nor waits, except publish() and collect().
// New music is taken over at a bar line, or at once while nothing plays; notes that sound then keep
// their own end.

#include "Player/EventList.h"
#include "Player/HandOver.h"
#include "Player/NoteTable.h"
#include "Player/Timeline.h"
#include "Player/Transport.h"

#include <array>
#include <atomic>
#include <memory>

namespace organum::player
{

/** What the player must know of one block. */
struct BlockContext
{
    const juce::AudioPlayHead::PositionInfo* host = nullptr; ///< null: the host told nothing
    int samples = 0;
    double sampleRate = 48000.0;                              ///< Hz
    int channel = 0;                                          ///< 0..15, of music without voices
    std::array<int, largestVoices> voiceChannels{0, 1, 2, 3}; ///< of music with voices
    std::uint32_t mutedVoices = 0; ///< bit v: voice v is silent; nothing to music without voices
    bool follows = true;           ///< plays when the host plays
    bool audition = false;         ///< plays by itself while the host stands still
    double auditionTempo = 120.0;
};

class Player
{
public:
    /** Hands over new music. Any thread but the audio thread. */
    void publish(std::unique_ptr<const Timeline> timeline)
    {
        timelines.publish(std::move(timeline));
    }
    /** Frees music that is no longer played. Any thread but the audio thread. */
    void collect() { timelines.collect(); }

    /** Adds the events of one block, in order of time, to `events`, which it clears first. */
    void process(const BlockContext& context, EventList& events);

    /** Ends all notes at the start of this block and plays nothing: for bypass. */
    void silence(const BlockContext& context, EventList& events);

    /** To be called when the host stops calling: ends come first in the next block. */
    void releaseNotes() { mustRelease = true; }

    /** Place in the take in quarter notes for a playhead, negative while nothing plays. */
    double playhead() const { return shownPlayhead.load(std::memory_order_relaxed); }
    bool isPlaying() const { return playhead() >= 0.0; }
    /** Note-ons left out because a block was full, since construction. */
    std::uint32_t droppedNotes() const { return dropped.load(std::memory_order_relaxed); }
    std::size_t soundingNotes() const { return table.sounding(); }

private:
    struct NextNote
    {
        std::int64_t tick = NoteTable::never; ///< in host time
        std::int64_t loopStart = 0;
        std::size_t index = 0;
    };
    struct Line
    {
        int channel = 0;
        bool muted = false;
    };
    void stop(EventList& events);
    void setLines(const BlockContext& context, EventList& events);
    void playSegment(const Segment& segment, EventList& events);
    void begin(const NextNote& note, int offset, EventList& events);
    NextNote noteAtOrAfter(std::int64_t tick) const;
    NextNote noteAfter(const NextNote& note) const;
    void showPlayhead(double quarter);

    HandOver<Timeline> timelines;
    Transport hostTransport;
    Transport freeTransport;
    NoteTable table;
    std::int64_t cursor = 0; ///< every tick before it has been played
    std::array<Line, lineCount> lines;
    bool wasActive = false;
    bool freeRunning = false;
    std::atomic<bool> mustRelease{false};
    std::atomic<double> shownPlayhead{-1.0};
    std::atomic<std::uint32_t> dropped{0};
};

} // namespace organum::player
