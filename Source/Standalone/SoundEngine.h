#pragma once

// Runs the plugin's blocks in the standalone: by the sound card, or by a clock of its own where
// there is none, so that MIDI goes out all the same. Brings what comes in at the MIDI input to the
// plugin, and MIDI clock in and out.

#include "Live/ClockGenerator.h"
#include "Plugin/Processor.h"
#include "Standalone/ClockHead.h"
#include "Standalone/MidiPorts.h"

#include <juce_audio_devices/juce_audio_devices.h>

#include <array>
#include <atomic>
#include <thread>

namespace organum::standalone
{

class SoundEngine : private juce::AudioIODeviceCallback
{
public:
    SoundEngine(plugin::Processor& processorIn, MidiPorts& midiPortsIn);
    ~SoundEngine() override;

    /** Opens the sound card, if wished, else starts the clock. Message thread. */
    void start(bool withSoundCard);
    /** For the user: the sound card in use, or that there is none. Message thread. */
    juce::String description() const { return text; }
    juce::AudioDeviceManager& devices() { return deviceManager; }

private:
    void
    audioDeviceIOCallbackWithContext(const float* const* input, int inputChannels,
                                     float* const* output, int outputChannels, int samples,
                                     const juce::AudioIODeviceCallbackContext& context) override;
    void audioDeviceAboutToStart(juce::AudioIODevice* device) override;
    void audioDeviceStopped() override;
    void prepare(double sampleRate, int blockSize);
    void process(int samples);
    void takeInput(double now, int samples);
    void sendOutput(double now, int samples, bool auditioning);
    void makeClock(int samples, bool auditioning);
    void runClock();

    plugin::Processor& processor;
    MidiPorts& midiPorts;
    juce::AudioDeviceManager deviceManager;
    juce::AudioBuffer<float> audio;
    juce::MidiBuffer midi;
    double rate = 48000.0;

    // The audio thread's alone.
    struct ClockMessage
    {
        int offset = 0;
        live::Message message;
    };
    live::ClockFollower follower;
    ClockHead head;
    live::ClockGenerator generator;
    double auditionQuarter = 0.0; ///< the plugin counts from 0 when one listens
    double lastBlock = 0.0;       ///< seconds; when the block before began
    std::array<ClockMessage, 64> clockMessages;
    std::size_t clockCount = 0;

    juce::String text;
    std::atomic<bool> stopping{false};
    std::thread clock;
};

} // namespace organum::standalone
