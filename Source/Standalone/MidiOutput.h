#pragma once

// Sends the plugin's MIDI to a virtual port named "Organum" that any synthesizer or DAW can connect
// to. RtMidi may block and throw, so a thread of its own sends; the audio thread only leaves the
// events in a fixed queue.

#include <juce_audio_basics/juce_audio_basics.h>

#include <array>
#include <atomic>
#include <bitset>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

class RtMidiOut;

namespace organum::standalone
{

class MidiOutput
{
public:
    MidiOutput();
    /** Ends every sounding note, then closes the port. */
    ~MidiOutput();
    MidiOutput(const MidiOutput&) = delete;
    MidiOutput& operator=(const MidiOutput&) = delete;

    /** Tries each MIDI system RtMidi was built for until one gives a port. Message thread. */
    bool open();
    /** For the user: which port is open, or why there is none. Message thread. */
    std::string description() const { return text; }
    bool isOpen() const { return port != nullptr; }

    /** Audio thread: neither allocates nor waits. Events beyond the queue's room are left out, but
        for note-offs there is room to spare. `start` is when the block's first sample sounds, in
        milliseconds of juce::Time::getMillisecondCounterHiRes(). */
    void push(const juce::MidiBuffer& midi, double start, double sampleRate);

private:
    struct Entry
    {
        double due = 0.0;
        int size = 0;
        std::array<std::uint8_t, 3> bytes{};
    };
    void run();
    void send(const std::uint8_t* bytes, std::size_t size);

    static constexpr int queueSize = 4096;
    static constexpr int kept = 1024; ///< room that only note-offs may use
    std::array<Entry, queueSize> queue;
    juce::AbstractFifo fifo{queueSize};
    std::unique_ptr<RtMidiOut> port;
    std::string text = "No MIDI port is open.";
    std::bitset<16 * 128> sounding;
    std::atomic<bool> stopping{false};
    std::thread sender;
};

} // namespace organum::standalone
