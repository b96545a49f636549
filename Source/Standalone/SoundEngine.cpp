#include "Standalone/SoundEngine.h"

#include <algorithm>
#include <chrono>

namespace organum::standalone
{

namespace
{

constexpr int largestBlock = 8192;
constexpr int clockBlock = 256;
/** Messages a block that the buffer holds without growing. */
constexpr int mostInput = 512;

} // namespace

SoundEngine::SoundEngine(plugin::Processor& processorIn, MidiPorts& midiPortsIn)
    : processor(processorIn)
    , midiPorts(midiPortsIn)
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
    processor.setPlayHead(nullptr);
}

void SoundEngine::start(bool withSoundCard)
{
    processor.setPlayHead(&head);
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
    const double now = live::nowSeconds();
    takeInput(now, samples);
    if (midiPorts.followsClock())
        head.follow(follower.at(now), samples, rate);
    else
        head.release();
    const bool auditioning = processor.isAuditioning();
    processor.processBlock(block, midi);
    sendOutput(now, samples, auditioning);
}

void SoundEngine::takeInput(double now, int samples)
{
    midi.clear();
    live::Message message;
    int count = 0;
    while (midiPorts.inbox().pop(message)) {
        if (message.isClock()) {
            follower.receive(message);
        } else if (count < mostInput) {
            // A block later than it was played, but as long after the note before.
            const double offset = (message.due - lastBlock) * rate;
            midi.addEvent(message.bytes.data(), message.size,
                          static_cast<int>(std::clamp(offset, 0.0, samples - 1.0)));
            ++count;
        }
    }
    lastBlock = now;
}

void SoundEngine::makeClock(int samples, bool auditioning)
{
    clockCount = 0;
    live::ClockBlock block;
    block.samples = samples;
    block.playing = head.isPlaying() || auditioning;
    block.quarter = head.isPlaying() ? head.blockQuarter() : auditionQuarter;
    const double tempo = head.isPlaying() ? head.beatsPerMinute() : processor.tempo();
    block.quartersPerSample = tempo / (60.0 * rate);
    // As the plugin counts when one listens while no clock runs.
    auditionQuarter = auditioning && !head.isPlaying()
                          ? auditionQuarter + samples * block.quartersPerSample
                          : 0.0;
    if (!midiPorts.sendsClock()) {
        generator.forget();
        return;
    }
    generator.run(block, [this](int offset, const live::Message& message) {
        if (clockCount < clockMessages.size())
            clockMessages[clockCount++] = {offset, message};
    });
}

void SoundEngine::sendOutput(double now, int samples, bool auditioning)
{
    makeClock(samples, auditioning);
    auto& sender = midiPorts.sender();
    std::size_t next = 0;
    const auto clockUntil = [&](int offset) {
        for (; next < clockCount && clockMessages[next].offset <= offset; ++next) {
            clockMessages[next].message.due = now + clockMessages[next].offset / rate;
            sender.push(clockMessages[next].message);
        }
    };
    for (const juce::MidiMessageMetadata event : midi) {
        if (event.numBytes < 1 || event.numBytes > 3)
            continue; // no system exclusive is sent
        clockUntil(event.samplePosition);
        live::Message message;
        message.due = now + event.samplePosition / rate;
        message.size = event.numBytes;
        std::copy(event.data, event.data + event.numBytes, message.bytes.begin());
        sender.push(message);
    }
    clockUntil(samples);
    sender.wake();
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
