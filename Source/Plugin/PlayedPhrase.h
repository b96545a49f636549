#pragma once

// Remembers what the musician played in, so that the network can answer it. The audio thread leaves
// events in a fixed queue; whoever asks makes notes of them.

#include "Plugin/Take.h"

#include <juce_audio_basics/juce_audio_basics.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

namespace organum::plugin
{

class PlayedPhrase
{
public:
    /** Audio thread; constant time a note, no allocation or lock. Notes beyond the queue's room are
        left out. */
    void listen(const juce::MidiBuffer& midi, int samples, double quartersPerSample);

    /** Takes the queue's events in, all that was played until now. Never the audio thread. */
    void collect();

    /** True when there is something to answer. Any thread. */
    bool hasNotes() const { return count.load() > 0; }

    /** The phrase from its first note on, filled up to whole bars; null when nothing was played. A
        silence of eight quarter notes begins a new phrase. Never on the audio thread. */
    TakePointer phrase(int metreNumerator, int metreDenominator) const;

    static constexpr double newPhraseAfter = 8.0; ///< quarter notes
    static constexpr std::size_t longest = 512;   ///< notes; the earliest go first

private:
    struct Event
    {
        double quarter = 0.0;
        std::uint8_t pitch = 0;
        std::uint8_t velocity = 0; ///< 0: released
    };
    struct Note
    {
        double begin = 0.0;
        double end = -1.0; ///< negative while held
        std::uint8_t pitch = 0;
        std::uint8_t velocity = 0;
    };
    void take(const Event& event);

    std::array<Event, 1024> queue;
    juce::AbstractFifo fifo{1024};
    double clock = 0.0; ///< audio thread only: quarter notes since the start

    mutable std::mutex mutex;
    std::vector<Note> notes;
    double latest = 0.0;
    std::atomic<int> count{0};
};

} // namespace organum::plugin
