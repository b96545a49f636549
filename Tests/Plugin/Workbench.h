#pragma once

// What the plugin's tests share: a host that runs blocks with the guard armed.

#include "EngineBench.h"
#include "Plugin/Processor.h"
#include "Support/RealtimeGuard.h"

#include <catch2/catch.hpp>

#include <array>
#include <map>
#include <string>

namespace organum::test
{

/** A play head that the test moves. */
class ScriptedPlayHead : public juce::AudioPlayHead
{
public:
    juce::Optional<PositionInfo> getPosition() const override { return position; }
    juce::Optional<PositionInfo> position;
};

/** Drives a processor as a host does. Every block runs with the guard armed. */
class BlockRunner
{
public:
    static constexpr int blockSize = 256;

    explicit BlockRunner(plugin::Processor& processorIn)
        : processor(processorIn)
        , audio(processorIn.getTotalNumOutputChannels(), blockSize)
    {
        processor.setPlayHead(&head);
        processor.setRateAndBufferSizeDetails(48000.0, blockSize);
        processor.prepareToPlay(48000.0, blockSize);
        midi.ensureSize(2048);
    }
    ~BlockRunner()
    {
        processor.releaseResources();
        processor.setPlayHead(nullptr);
    }

    void block(bool bypassed = false)
    {
        juce::AudioPlayHead::PositionInfo info;
        info.setIsPlaying(playing);
        info.setBpm(120.0);
        info.setPpqPosition(quarter);
        info.setTimeSignature(metre);
        head.position = info;
        support::RealtimeGuard guard;
        if (bypassed)
            processor.processBlockBypassed(audio, midi);
        else
            processor.processBlock(audio, midi);
        const auto counts = guard.stop();
        if (counts.total() != 0 && !processor.isNonRealtime()) // offline it may wait for music
            FAIL("on the audio thread: " << counts.toString() << "\n"
                                         << support::describeOffences());
        for (const auto message : midi) {
            const auto parsed = message.getMessage();
            heard.push_back({blocks * blockSize + message.samplePosition,
                             {message.data[0], message.data[1], message.data[2]}});
            REQUIRE(message.samplePosition < blockSize);
            if (parsed.isNoteOn()) {
                ++noteOns;
                onsOfChannel[static_cast<std::size_t>(parsed.getChannel())]++;
                REQUIRE(++keys[{parsed.getChannel(), parsed.getNoteNumber()}] == 1);
            } else if (parsed.isNoteOff()) {
                REQUIRE(--keys[{parsed.getChannel(), parsed.getNoteNumber()}] == 0);
            }
        }
        loudest = std::max(loudest, audio.getMagnitude(0, blockSize));
        lastEvents = midi.getNumEvents();
        midi.clear();
        ++blocks;
        if (playing)
            quarter += blockSize / 24000.0;
    }

    void run(double quarters)
    {
        const double end = quarter + quarters;
        while (quarter < end)
            block();
    }

    /** As run(), with a worker that is always in time. */
    void runInTime(double quarters)
    {
        const double end = quarter + quarters;
        while (quarter < end) {
            block();
            processor.generation().catchUp(5000);
        }
    }

    /** Another place in the host's time. */
    void locate(double place) { quarter = place; }

    void press(int pitch)
    {
        midi.addEvent(juce::MidiMessage::noteOn(1, pitch, juce::uint8(90)), 0);
    }
    void release(int pitch) { midi.addEvent(juce::MidiMessage::noteOff(1, pitch), 0); }

    /** On one channel 1..16, or on all. */
    int sounding(int channel = 0) const
    {
        int sum = 0;
        for (const auto& [key, count] : keys)
            sum += channel == 0 || key.first == channel ? count : 0;
        return sum;
    }

    plugin::Processor& processor;
    ScriptedPlayHead head;
    juce::AudioBuffer<float> audio;
    juce::MidiBuffer midi;
    juce::AudioPlayHead::TimeSignature metre{4, 4};
    bool playing = true;
    double quarter = 0.0;
    /** What came out: the sample since the first block, and the message. */
    std::vector<std::pair<std::int64_t, std::array<std::uint8_t, 3>>> heard;
    std::int64_t blocks = 0;
    int noteOns = 0;
    std::array<int, 17> onsOfChannel{}; ///< by channel 1..16
    int lastEvents = 0;
    float loudest = 0.0f;
    std::map<std::pair<int, int>, int> keys;
};

/** Turns a knob to a value as the user reads it. */
inline void setKnob(juce::RangedAudioParameter* parameter, float value)
{
    parameter->setValueNotifyingHost(parameter->convertTo0to1(value));
}

inline juce::MemoryBlock stateOf(plugin::Processor& processor)
{
    juce::MemoryBlock state;
    processor.getStateInformation(state);
    return state;
}

inline void composeAndWait(plugin::Processor& processor)
{
    const std::size_t before = processor.takes().takes.size();
    processor.generate();
    REQUIRE(eventually([&] { return processor.takes().takes.size() > before; }));
    REQUIRE(processor.generation().waitUntilIdle(2000));
}

/** Plays keys in one after another, while the host stands still, until they are known. */
inline void playPhrase(BlockRunner& host, plugin::Processor& processor,
                       std::initializer_list<int> pitches)
{
    host.playing = false;
    for (const int pitch : pitches) {
        host.midi.addEvent(juce::MidiMessage::noteOn(1, pitch, juce::uint8(80)), 0);
        host.block();
        host.midi.addEvent(juce::MidiMessage::noteOff(1, pitch), 0);
        host.block();
    }
    REQUIRE(eventually([&] { return processor.hasPlayedPhrase(); }));
}

} // namespace organum::test
