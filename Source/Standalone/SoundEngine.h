#pragma once

// Runs the plugin's blocks in the standalone: by the sound card, or by a clock of its own where
// there is none, so that MIDI goes out all the same.

#include "Plugin/Processor.h"
#include "Standalone/MidiOutput.h"

#include <juce_audio_devices/juce_audio_devices.h>

#include <atomic>
#include <thread>

namespace organum::standalone
{

class SoundEngine : private juce::AudioIODeviceCallback
{
public:
    SoundEngine(plugin::Processor& processorIn, MidiOutput& midiOutIn);
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
    void runClock();

    plugin::Processor& processor;
    MidiOutput& midiOut;
    juce::AudioDeviceManager deviceManager;
    juce::AudioBuffer<float> audio;
    juce::MidiBuffer midi;
    double rate = 48000.0;
    juce::String text;
    std::atomic<bool> stopping{false};
    std::thread clock;
};

} // namespace organum::standalone
