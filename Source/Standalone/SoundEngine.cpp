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
constexpr auto cardKey = "soundCard";
constexpr auto fontKey = "soundFont";

} // namespace

SoundEngine::SoundEngine(plugin::Processor& processorIn, MidiPorts& midiPortsIn,
                         juce::PropertiesFile* settingsIn)
    : processor(processorIn)
    , midiPorts(midiPortsIn)
    , settings(settingsIn)
{
    processor.setPlayHead(&head);
    deviceManager.addChangeListener(this);
}

SoundEngine::~SoundEngine()
{
    deviceManager.removeChangeListener(this);
    stopClock();
    deviceManager.removeAudioCallback(this);
    deviceManager.closeAudioDevice();
    processor.releaseResources();
    processor.setPlayHead(nullptr);
}

void SoundEngine::start(bool withSoundCard)
{
    wantsCard = withSoundCard;
    if (withSoundCard) {
        const auto kept = settings != nullptr ? settings->getXmlValue(cardKey)
                                              : std::unique_ptr<juce::XmlElement>();
        problem = deviceManager.initialise(0, 2, kept.get(), true);
        deviceManager.addAudioCallback(this);
        if (settings != nullptr)
            fontSound.choose(juce::File(settings->getValue(fontKey)));
    }
    settle();
}

void SoundEngine::chooseFont(const juce::File& font)
{
    fontSound.choose(font);
    if (settings == nullptr)
        return;
    settings->setValue(fontKey, font.getFullPathName());
    settings->saveIfNeeded();
}

/** After a change of sound cards: whoever is there makes the blocks. */
void SoundEngine::settle()
{
    auto* device = wantsCard ? deviceManager.getCurrentAudioDevice() : nullptr;
    if (device != nullptr && device->isOpen()) {
        text = device->getName();
        if (!cardDrives) {
            stopClock();
            prepare(device->getCurrentSampleRate(), device->getCurrentBufferSizeSamples());
            cardDrives = true;
        }
        problem.clear();
    } else {
        cardDrives = false;
        text = wantsCard ? "No sound card: the music runs on silently" : "No sound card: MIDI only";
        if (!clock.joinable())
            startClock();
    }
    if (settings == nullptr || !wantsCard)
        return;
    if (const auto xml = deviceManager.createStateXml()) {
        settings->setValue(cardKey, xml.get());
        settings->saveIfNeeded();
    }
}

void SoundEngine::startClock()
{
    prepare(48000.0, clockBlock);
    stopping = false;
    clock = std::thread([this] { runClock(); });
}

void SoundEngine::stopClock()
{
    stopping = true;
    if (clock.joinable())
        clock.join();
}

void SoundEngine::prepare(double sampleRate, int blockSize)
{
    rate = sampleRate;
    audio.setSize(2, largestBlock);
    midi.ensureSize(8192);
    fontSound.prepare(sampleRate);
    processor.setRateAndBufferSizeDetails(sampleRate, blockSize);
    processor.prepareToPlay(sampleRate, blockSize);
}

/** Returns how many of the samples were made: fewer where the music ends within them. */
int SoundEngine::process(double now, int wanted)
{
    bool auditioning = processor.isAuditioning();
    int samples = wanted;
    if (auditioning && ownTime.isPlaying()) {
        samples = ownTime.samplesToEnd(wanted, rate);
        if (samples == 0) {
            samples = wanted;
            auditioning = false;
            processor.setAudition(false);
        }
    }
    takeInput(now, samples);
    head.follows = midiPorts.followsClock();
    if (head.follows) {
        clockHead.follow(follower.at(now), samples, rate);
        shownFollowed = clockHead.beatsPerMinute();
    } else {
        clockHead.release();
    }
    ownTime.run(auditioning && !clockHead.isPlaying(), samples, rate);

    juce::AudioBuffer<float> block(audio.getArrayOfWritePointers(), 2, samples);
    processor.processBlock(block, midi);
    fontSound.render(midi, block.getArrayOfWritePointers(), samples,
                     processor.parameters().preview->get());
    sendOutput(now, samples, auditioning);
    return samples;
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
    block.playing = clockHead.isPlaying() || auditioning;
    block.quarter = clockHead.isPlaying() ? clockHead.blockQuarter() : ownTime.blockQuarter();
    const double tempo = head.follows ? clockHead.beatsPerMinute() : ownTime.beatsPerMinute();
    block.quartersPerSample = tempo / (60.0 * rate);
    // Whoever listens there again is told where the music is, and to go on.
    const std::uint32_t returns = midiPorts.sender().returns();
    if (!midiPorts.sendsClock() || returns != seenReturns)
        generator.forget();
    seenReturns = returns;
    if (!midiPorts.sendsClock())
        return;
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
    // While the clock still makes the blocks, settle() prepares for the card.
    if (cardDrives)
        prepare(device->getCurrentSampleRate(), device->getCurrentBufferSizeSamples());
}

void SoundEngine::audioDeviceStopped()
{
    if (cardDrives)
        processor.releaseResources();
}

void SoundEngine::audioDeviceIOCallbackWithContext(const float* const*, int, float* const* output,
                                                   int outputChannels, int samples,
                                                   const juce::AudioIODeviceCallbackContext&)
{
    if (cardDrives) {
        render(output, outputChannels, samples);
        return;
    }
    for (int channel = 0; channel < outputChannels; ++channel)
        if (output[channel] != nullptr)
            juce::FloatVectorOperations::clear(output[channel], samples);
}

void SoundEngine::render(float* const* output, int channels, int samples)
{
    const double now = live::nowSeconds();
    for (int done = 0; done < samples;) {
        const int made = process(now + done / rate, std::min(samples - done, largestBlock));
        for (int channel = 0; channel < channels; ++channel)
            if (output[channel] != nullptr)
                juce::FloatVectorOperations::copy(output[channel] + done,
                                                  audio.getReadPointer(std::min(channel, 1)), made);
        done += made;
    }
}

void SoundEngine::runClock()
{
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    for (std::int64_t block = 1; !stopping; ++block) {
        render(nullptr, 0, clockBlock);
        // From the start each time, so that the clock does not drift by its own rounding.
        std::this_thread::sleep_until(
            begin + std::chrono::microseconds(block * clockBlock * 1000000 / 48000));
    }
}

} // namespace organum::standalone
