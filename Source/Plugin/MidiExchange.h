#pragma once

// Puts the player's events into the host's MIDI buffer without ever allocating. A host's buffer may
// be small, and growing it on the audio thread would allocate; so the first block swaps in a large
// one of our own, which the host then keeps on using.

#include "Player/EventList.h"

#include <juce_audio_basics/juce_audio_basics.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace organum::plugin
{

class MidiExchange
{
public:
    /** Takes memory; any thread but the audio thread, while no block is being processed. */
    void prepare()
    {
        spare.clear();
        spare.ensureSize(bufferBytes);
        ours = spare.data.getRawDataPointer();
    }

    /** Audio thread. Replaces what came in by `events`, merged in time with what came in if
        `thru`. At most `thruLimit` incoming messages pass, the rest of a block is left out. */
    void exchange(juce::MidiBuffer& midi, const player::EventList& events, bool thru)
    {
        std::size_t incoming = 0;
        if (thru) {
            for (const juce::MidiMessageMetadata message : midi) {
                if (incoming == thruLimit)
                    break;
                if (message.numBytes < 1 || message.numBytes > 3)
                    continue; // system exclusive could overfill the buffer
                Short& kept = passing[incoming++];
                kept.offset = message.samplePosition;
                kept.size = message.numBytes;
                for (int i = 0; i < message.numBytes; ++i)
                    kept.bytes[static_cast<std::size_t>(i)] = message.data[i];
            }
        }
        if (midi.data.getRawDataPointer() != ours)
            midi.swapWith(spare);
        midi.clear();
        std::size_t next = 0;
        const auto passUntil = [&](int offset) {
            for (; next < incoming && passing[next].offset <= offset; ++next)
                midi.addEvent(passing[next].bytes.data(), passing[next].size, passing[next].offset);
        };
        for (const player::Event& event : events) {
            passUntil(event.offset);
            const std::array<std::uint8_t, 3> bytes = {event.status, event.pitch, event.velocity};
            midi.addEvent(bytes.data(), 3, event.offset);
        }
        passUntil(std::numeric_limits<int>::max());
    }

private:
    static constexpr std::size_t thruLimit = 128;
    static constexpr std::size_t bufferBytes = 8192;
    struct Short
    {
        int offset = 0;
        int size = 0;
        std::array<std::uint8_t, 3> bytes{};
    };
    std::array<Short, thruLimit> passing;
    juce::MidiBuffer spare;
    const juce::uint8* ours = nullptr;
};

} // namespace organum::plugin
