#pragma once

// Runs the plugin's blocks in the standalone: by the sound card, or by a clock of its own while
// there is none, so that MIDI goes out and time runs on all the same. Brings what comes in at the
// MIDI input to the plugin, and MIDI clock in and out.

#include "Live/ClockGenerator.h"
#include "Plugin/Processor.h"
#include "Standalone/ClockHead.h"
#include "Standalone/FontSound.h"
#include "Standalone/MidiPorts.h"
#include "Standalone/Transport.h"

#include <juce_audio_devices/juce_audio_devices.h>
#include <juce_data_structures/juce_data_structures.h>

#include <array>
#include <atomic>
#include <mutex>
#include <thread>

namespace organum::standalone
{

class SoundEngine : private juce::AudioIODeviceCallback, private juce::ChangeListener
{
public:
    /** `settings` keeps the choice of sound card and instruments from run to run; null: nothing
        does. */
    SoundEngine(plugin::Processor& processorIn, MidiPorts& midiPortsIn,
                juce::PropertiesFile* settingsIn = nullptr);
    ~SoundEngine() override;

    // ---- message thread ---------------------------------------------------------------------
    /** Opens the sound card, if wished, else starts the clock. */
    void start(bool withSoundCard);
    /** For the user: the sound card in use, or that there is none and what that means. */
    juce::String description() const { return text; }
    /** The same with the reason, in the system's words, why there is no sound card. */
    juce::String details() const { return problem.isEmpty() ? text : text + "\n" + problem.trim(); }
    juce::AudioDeviceManager& devices() { return deviceManager; }
    bool hasSoundCard() const { return cardDrives; }
    Transport& transport() { return ownTime; }
    FontSound& fonts() { return fontSound; }
    /** Plays by that SoundFont, and remembers it; an empty name: by the plugin's own sound. */
    void chooseFont(const juce::File& font);
    /** The tempo of the clock that is followed. Any thread. */
    double followedTempo() const { return shownFollowed; }

    /** Before blocks of another rate; no block may be running. */
    void prepare(double sampleRate, int blockSize);

    // ---- audio thread -----------------------------------------------------------------------
    /** The next block, into channels of that many samples: all that a sound card asks for. Neither
        allocates nor waits. */
    void render(float* const* output, int channels, int samples);

private:
    /** The play head that the plugin asks: of the clock that comes in, or our own. */
    struct Head : juce::AudioPlayHead
    {
        juce::Optional<PositionInfo> getPosition() const override
        {
            return follows ? followed.getPosition() : own.getPosition();
        }
        Head(const ClockHead& followedIn, const Transport& ownIn)
            : followed(followedIn)
            , own(ownIn)
        {
        }
        const ClockHead& followed;
        const Transport& own;
        bool follows = false;
    };
    struct ClockMessage
    {
        int offset = 0;
        live::Message message;
    };

    void
    audioDeviceIOCallbackWithContext(const float* const* input, int inputChannels,
                                     float* const* output, int outputChannels, int samples,
                                     const juce::AudioIODeviceCallbackContext& context) override;
    void audioDeviceAboutToStart(juce::AudioIODevice* device) override;
    void audioDeviceStopped() override;
    void changeListenerCallback(juce::ChangeBroadcaster*) override { settle(); }
    void settle();
    void startClock();
    void stopClock();
    int process(double now, int wanted);
    void takeInput(double now, int samples);
    void sendOutput(double now, int samples, bool auditioning);
    void makeClock(int samples, bool auditioning);
    void runClock();

    plugin::Processor& processor;
    MidiPorts& midiPorts;
    juce::PropertiesFile* settings;
    juce::AudioDeviceManager deviceManager;
    juce::AudioBuffer<float> audio;
    juce::MidiBuffer midi;
    double rate = 48000.0;
    FontSound fontSound;
    Transport ownTime;

    // The audio thread's alone.
    live::ClockFollower follower;
    ClockHead clockHead;
    Head head{clockHead, ownTime};
    live::ClockGenerator generator;
    std::uint32_t seenReturns = 0; ///< of the MIDI output
    double lastBlock = 0.0;        ///< seconds; when the block before began
    std::array<ClockMessage, 64> clockMessages;
    std::size_t clockCount = 0;

    std::atomic<double> shownFollowed{120.0};
    std::atomic<bool> cardDrives{false}; ///< the sound card's callback makes the blocks
    bool wantsCard = false;
    juce::String problem; ///< why there is no sound card, in the system's words
    juce::String text;
    std::atomic<bool> stopping{false};
    std::thread clock;
};

} // namespace organum::standalone
