#include "Standalone/SoundEngine.h"

#include <algorithm>
#include <chrono>

namespace organum::standalone
{

namespace
{

constexpr int largestBlock = 8192;
constexpr int clockBlock = 256;

} // namespace

SoundEngine::SoundEngine(plugin::Processor& processorIn, MidiOutput& midiOutIn)
    : processor(processorIn)
    , midiOut(midiOutIn)
{
}

SoundEngine::~SoundEngine()
{
    stopping = true;
    if (clock.joinable())
        clock.join();
    deviceManager.removeAudioCallback(this);
    deviceManager.closeAudioDevice();
    processor.releaseResources();
}

void SoundEngine::start(bool withSoundCard)
{
    juce::String problem = "not asked for";
    if (withSoundCard)
        problem = deviceManager.initialiseWithDefaultDevices(0, 2);
    if (auto* device = deviceManager.getCurrentAudioDevice()) {
        text = device->getName();
        deviceManager.addAudioCallback(this);
        return;
    }
    text = "No sound card" + (problem.isEmpty() ? juce::String() : " (" + problem.trim() + ")") +
           "; MIDI only";
    prepare(48000.0, clockBlock);
    clock = std::thread([this] { runClock(); });
}

void SoundEngine::prepare(double sampleRate, int blockSize)
{
    rate = sampleRate;
    audio.setSize(2, largestBlock);
    midi.ensureSize(8192);
    processor.setRateAndBufferSizeDetails(sampleRate, blockSize);
    processor.prepareToPlay(sampleRate, blockSize);
}

void SoundEngine::process(int samples)
{
    juce::AudioBuffer<float> block(audio.getArrayOfWritePointers(), 2, samples);
    const double now = juce::Time::getMillisecondCounterHiRes();
    midi.clear();
    processor.processBlock(block, midi);
    midiOut.push(midi, now, rate);
}

void SoundEngine::audioDeviceAboutToStart(juce::AudioIODevice* device)
{
    prepare(device->getCurrentSampleRate(), device->getCurrentBufferSizeSamples());
}

void SoundEngine::audioDeviceStopped()
{
    processor.releaseResources();
}

void SoundEngine::audioDeviceIOCallbackWithContext(const float* const*, int, float* const* output,
                                                   int outputChannels, int samples,
                                                   const juce::AudioIODeviceCallbackContext&)
{
    for (int done = 0; done < samples;) {
        const int now = std::min(samples - done, largestBlock);
        process(now);
        for (int channel = 0; channel < outputChannels; ++channel)
            if (output[channel] != nullptr)
                juce::FloatVectorOperations::copy(output[channel] + done,
                                                  audio.getReadPointer(std::min(channel, 1)), now);
        done += now;
    }
}

void SoundEngine::runClock()
{
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    for (std::int64_t block = 1; !stopping; ++block) {
        process(clockBlock);
        // From the start each time, so that the clock does not drift by its own rounding.
        std::this_thread::sleep_until(
            begin + std::chrono::microseconds(block * clockBlock * 1000000 / 48000));
    }
}

} // namespace organum::standalone
