#pragma once

// Plays music in time with the host or by a clock of its own, in the way that the mode asks for.
// Everything here is for the audio thread and neither allocates, locks nor waits, except what says
// otherwise. New music is taken over at a bar line, or at once while nothing plays; notes that
// sound then keep their own end.

#include "Player/Conductor.h"
#include "Player/EventList.h"
#include "Player/NoteTable.h"
#include "Player/Panic.h"
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
    bool runsFree = false; ///< plays by itself, whatever the host does
    double freeTempo = 120.0;

    ModeSettings mode;
    Feel feel;
    const juce::MidiBuffer* keys = nullptr; ///< what is played in this block; null: nothing
    bool panics = false;                    ///< every sound is to end at once
    bool promises = false;        ///< music was asked for in this block, in time with the host
    bool expects = false;         ///< some of what was promised is still on its way
    Patience* patience = nullptr; ///< only where the audio thread may wait
};

class Player
{
public:
    /** Hands over a new take. Any thread but the audio thread. */
    void publish(std::unique_ptr<const Timeline> music) { conductor.publishTake(std::move(music)); }
    /** Hands over music for one place in the host's time. Any thread but the audio thread. */
    void publishStream(std::unique_ptr<const Timeline> music)
    {
        conductor.publishStream(std::move(music));
    }
    /** Frees music that is no longer played. Any thread but the audio thread. */
    void collect() { conductor.collect(); }
    /** What was played during calls; one thread at a time, never the audio thread. */
    CallQueue& calls() { return conductor.calls(); }
    bool isListening() const { return conductor.isListening(); }
    /** Where time stands, in ticks. Any thread. */
    std::int64_t position() const { return conductor.position(); }
    /** Bars that were not there in time, since construction. Any thread. */
    std::uint32_t lateBars() const { return conductor.lateBars(); }

    /** Adds the events of one block, in order of time, to `events`, which it clears first. */
    void process(const BlockContext& context, EventList& events);

    /** Ends all notes at the start of this block and plays nothing: for bypass. */
    void silence(const BlockContext& context, EventList& events);

    /** To be called when the host stops calling: ends come first in the next block. */
    void releaseNotes() { mustRelease = true; }

    /** Place in the music in quarter notes for a playhead, negative while nothing plays; of endless
        music from its very beginning. */
    double playhead() const { return shownPlayhead.load(std::memory_order_relaxed); }
    bool isPlaying() const { return playhead() >= 0.0; }
    /** Note-ons left out because a block was full, since construction. */
    std::uint32_t droppedNotes() const { return dropped.load(std::memory_order_relaxed); }
    std::size_t soundingNotes() const { return table.sounding(); }

private:
    struct Line
    {
        int channel = 0;
        bool muted = false;
    };
    void stop(double quarter, EventList& events);
    void setLines(const BlockContext& context, EventList& events);
    BlockTime timeOf(const BlockContext& context);
    void followKeys(const BlockContext& context);
    void playSegment(const Segment& segment, const BlockContext& context, EventList& events);
    void begin(const NextNote& note, int offset, EventList& events);
    void showPlayhead();

    Conductor conductor;
    Transport hostTransport;
    Transport freeTransport;
    NoteTable table;
    Panic panic;
    const juce::MidiBuffer noKeys;
    std::int64_t cursor = 0; ///< every tick before it has been played
    std::array<Line, lineCount> lines;
    bool wasActive = false;
    bool freeRunning = false;
    bool jumpedUnheard = false; ///< the host located during a block without samples
    std::atomic<bool> mustRelease{false};
    std::atomic<double> shownPlayhead{-1.0};
    std::atomic<std::uint32_t> dropped{0};
};

} // namespace organum::player
