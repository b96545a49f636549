#pragma once

// The standalone's choice of SoundFont, in place of the plugin's own quiet sound. FluidSynth may
// take memory whenever it makes sound (Debian's uses OpenMP), so it does that in a thread of its
// own, some milliseconds behind: the audio callback hands over messages and takes finished sound.

#include "Live/Wake.h"
#include "Plugin/ExportSound.h"
#include "Sound/FontSynth.h"

#include <juce_audio_basics/juce_audio_basics.h>

#include <array>
#include <atomic>
#include <mutex>
#include <thread>

namespace organum::standalone
{

class FontSound
{
public:
    FontSound();
    ~FontSound();

    // ---- message thread ---------------------------------------------------------------------
    /** Plays by that font as soon as it has been read; an empty name: by the plugin's own sound. */
    void choose(const juce::File& font);
    juce::File chosen() const { return wanted; }
    /** For the user: what sounds, what is being read, or why a font cannot be had. Any thread. */
    juce::String description() const;
    bool isReading() const { return wishes != fulfilled; }
    /** Makes sound files by the same font. */
    plugin::MakeSound maker() const;
    /** Before blocks of another rate: the font is read for it. */
    void prepare(double sampleRate);
    /** All that the audio thread has asked for has been made. Any thread. */
    bool isUpToDate() const { return !active || made == asked; }

    // ---- audio thread: neither allocates nor waits ------------------------------------------
    /** Puts the sound of messages like these, in their order, in place of what is in channels[0]
       and [1]; false, and nothing done, while there is no font. `audible` false: it is silent. */
    bool render(const juce::MidiBuffer& midi, float* const* channels, int samples, bool audible);

private:
    struct Message
    {
        std::int64_t frame = 0;
        std::array<std::uint8_t, 3> bytes{};
        std::uint8_t size = 0; ///< 0: all is to be silent
    };
    static constexpr int mostMessages = 4096;
    static constexpr int ringFrames = 65536;

    void ask();
    void run();
    void load();
    void tell(const juce::String& text);
    void makeDue();
    void make(int frames);
    void push(const Message& message);
    void takeFrames(float* const* channels, int from, int count);

    juce::File wanted;        ///< message thread
    mutable std::mutex mutex; ///< the next two; never the audio thread's
    juce::String text;
    juce::File wish;
    std::atomic<double> rate{48000.0};
    std::atomic<int> wishes{0};
    std::atomic<int> fulfilled{0};

    std::atomic<bool> active{false};     ///< there is a font
    std::atomic<std::uint32_t> epoch{0}; ///< grows with every font
    std::atomic<std::int64_t> asked{0};  ///< frames whose messages are all in the queue
    std::atomic<std::int64_t> made{0};   ///< frames that are in the ring, or were
    juce::AbstractFifo messageFifo{mostMessages};
    std::array<Message, mostMessages> messages;
    juce::AbstractFifo ringFifo{ringFrames};
    juce::AudioBuffer<float> ring{2, ringFrames};

    // The audio thread's alone.
    std::uint32_t seenEpoch = 0;
    int silenceLeft = 0; ///< frames before the first sound arrives
    int debt = 0;        ///< frames that came too late: left out when they come
    bool wasAudible = true;

    // The maker's alone.
    std::unique_ptr<sound::FontSynth> synth;
    live::Wake alarm;
    std::atomic<bool> stopping{false};
    std::thread thread;
};

} // namespace organum::standalone
