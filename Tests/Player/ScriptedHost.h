#pragma once

// A host made of a script: it runs a transport over blocks of any sizes, may hide fields of the
// position, and collects what the player sends, in samples since the start.

#include "Player/Player.h"
#include "Support/RealtimeGuard.h"

#include <catch2/catch.hpp>

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <utility>
#include <vector>

namespace organum::test
{

struct Heard
{
    std::int64_t sample = 0;
    player::Event event;
    bool isControl() const { return (event.status & 0xf0) == 0xb0; }
    bool operator==(const Heard& other) const
    {
        return sample == other.sample && event.status == other.event.status &&
               event.pitch == other.event.pitch && event.velocity == other.event.velocity;
    }
};

inline std::ostream& operator<<(std::ostream& stream, const Heard& heard)
{
    return stream << "{sample " << heard.sample << ", status "
                  << static_cast<int>(heard.event.status) << ", pitch "
                  << static_cast<int>(heard.event.pitch) << "}";
}

/** Notes of a quarter each, from `firstPitch` upwards, that fill `bars` bars of 4/4. */
inline std::unique_ptr<const player::Timeline> quarterNotes(int bars, int firstPitch = 60)
{
    const auto quarter = player::ticksPerQuarter;
    std::vector<player::TimelineNote> notes;
    for (int i = 0; i < bars * 4; ++i)
        notes.push_back(
            {i * quarter, (i + 1) * quarter, static_cast<std::uint8_t>(firstPitch + i % 40), 90});
    return std::make_unique<const player::Timeline>(notes, bars * 4 * quarter, 4 * quarter);
}

class ScriptedHost
{
public:
    double sampleRate = 48000.0;
    double tempo = 120.0;
    double quarter = 0.0;
    std::int64_t sampleTime = 0;
    bool playing = true;
    bool tellsNothing = false;
    bool tellsQuarter = true;
    bool tellsSamples = true;
    double quarterRounding = 0.0; ///< e.g. 1/1920: the host rounds its position to it
    std::optional<std::pair<double, double>> loop;
    bool tellsLoop = true;
    bool tellsTempo = true;
    bool tellsChangesOnly = false; ///< as LV2 hosts do: in the block after a change, then nothing
    bool changed = true;
    bool tellsMetre = true;

    player::Player player;
    player::BlockContext context;
    std::vector<Heard> heard;
    std::int64_t elapsed = 0;
    juce::AudioPlayHead::TimeSignature metre{4, 4};

    /** A key goes down or up that many samples after the start of all. */
    void press(int pitch, std::int64_t sample, int velocity = 100)
    {
        played.emplace(sample, juce::MidiMessage::noteOn(1, pitch, juce::uint8(velocity)));
    }
    void release(int pitch, std::int64_t sample)
    {
        played.emplace(sample, juce::MidiMessage::noteOff(1, pitch));
    }

    /** Runs one block; the loop wraps inside it as a sample-accurate host's does. */
    void block(int samples)
    {
        juce::AudioPlayHead::PositionInfo info;
        info.setIsPlaying(playing);
        if (tellsTempo)
            info.setBpm(tempo);
        if (tellsMetre)
            info.setTimeSignature(metre);
        if (tellsQuarter)
            info.setPpqPosition(quarterRounding > 0.0
                                    ? std::round(quarter / quarterRounding) * quarterRounding
                                    : quarter);
        if (tellsSamples)
            info.setTimeInSamples(sampleTime);
        if (loop && tellsLoop) {
            info.setIsLooping(true);
            info.setLoopPoints(juce::AudioPlayHead::LoopPoints{loop->first, loop->second});
        }
        context.host = tellsNothing || (tellsChangesOnly && !changed) ? nullptr : &info;
        changed = false;
        context.samples = samples;
        context.sampleRate = sampleRate;
        juce::MidiBuffer keys;
        const auto end = played.lower_bound(elapsed + samples);
        for (auto each = played.lower_bound(elapsed); each != end; ++each)
            keys.addEvent(each->second, static_cast<int>(each->first - elapsed));
        context.keys = &keys;
        context.mode.barTicks = 4 * player::ticksPerQuarter * metre.numerator / metre.denominator;

        player::EventList events;
        support::RealtimeGuard guard;
        if (bypassed)
            player.silence(context, events);
        else
            player.process(context, events);
        const support::RealtimeCounts counts = guard.stop();
        context.promises = context.panics = false;
        if (context.patience == nullptr && counts.total() != 0)
            FAIL(counts.toString() << "\n" << support::describeOffences());

        int last = 0;
        for (const player::Event& event : events) {
            REQUIRE(event.offset >= last);
            REQUIRE(event.offset < samples);
            last = event.offset;
            heard.push_back({elapsed + event.offset, event});
        }
        elapsed += samples;
        if (playing) {
            sampleTime += samples;
            quarter += samples * tempo / (60.0 * sampleRate);
            if (loop && quarter >= loop->second)
                quarter -= loop->second - loop->first;
        }
    }

    void run(std::int64_t samples, int blockSize)
    {
        while (samples > 0) {
            const auto now = static_cast<int>(std::min<std::int64_t>(samples, blockSize));
            block(now);
            samples -= now;
        }
    }

    /** Blocks of random sizes from 1 to `largest`. */
    void runUneven(std::int64_t samples, int largest, unsigned seed)
    {
        std::mt19937 random(seed);
        while (samples > 0) {
            const auto now = static_cast<int>(std::min<std::int64_t>(
                samples, 1 + static_cast<int>(random() % static_cast<unsigned>(largest))));
            block(now);
            samples -= now;
        }
    }

    /** Every note-off has its note-on before it and no key is pressed twice; returns how many
        notes still sound. */
    int checkBalance() const
    {
        std::map<std::pair<int, int>, int> keys;
        int sounding = 0;
        for (const Heard& each : heard) {
            if (each.isControl())
                continue;
            int& key = keys[{each.event.channel(), each.event.pitch}];
            if (each.event.isNoteOn()) {
                REQUIRE(key == 0);
                ++key;
                ++sounding;
            } else {
                REQUIRE(each.event.isNoteOff());
                REQUIRE(key == 1);
                --key;
                --sounding;
            }
        }
        return sounding;
    }

    std::vector<Heard> onsets() const
    {
        std::vector<Heard> result;
        for (const Heard& each : heard)
            if (each.event.isNoteOn())
                result.push_back(each);
        return result;
    }

    /** Where the notes begin, in quarters since the start of all at a steady tempo. */
    std::vector<double> onsetQuarters() const
    {
        std::vector<double> result;
        for (const Heard& each : onsets())
            result.push_back(static_cast<double>(each.sample) * tempo / (60.0 * sampleRate));
        return result;
    }

    std::vector<int> pitches() const
    {
        std::vector<int> result;
        for (const Heard& each : onsets())
            result.push_back(each.event.pitch);
        return result;
    }

    bool bypassed = false;

private:
    std::multimap<std::int64_t, juce::MidiMessage> played;
};

} // namespace organum::test
