#pragma once

// Puts the player's events into the host's MIDI buffer without ever allocating. A host's buffer may
// be small, and growing it on the audio thread would allocate; so the first block swaps in a large
// one of our own, which the host then keeps on using.

#include "Player/EventList.h"

#include <juce_audio_basics/juce_audio_basics.h>

#include <array>
#include <bitset>
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
        `thru`. A key that went through is always released through, whatever has become of `thru`;
        other messages of a block are left out where they would take the room for that. */
    void exchange(juce::MidiBuffer& midi, const player::EventList& events, bool thru)
    {
        std::size_t incoming = 0;
        for (const juce::MidiMessageMetadata message : midi) {
            if (!passes(message, thru, incoming))
                continue;
            Short& kept = passing[incoming++];
            kept.offset = message.samplePosition;
            kept.size = message.numBytes;
            for (int i = 0; i < message.numBytes; ++i)
                kept.bytes[static_cast<std::size_t>(i)] = message.data[i];
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

    /** Together with the player's events fewer than the wrappers take, see player::EventList. */
    static constexpr std::size_t thruLimit = 192;

private:
    /** There is always room to release every key that is held: `taken` + `held` <= thruLimit. */
    bool passes(const juce::MidiMessageMetadata& message, bool thru, std::size_t taken)
    {
        if (message.numBytes < 1 || message.numBytes > 3)
            return false; // system exclusive could overfill the buffer
        const int kind = message.data[0] & 0xf0;
        if (message.numBytes != 3 || (kind != 0x90 && kind != 0x80))
            return thru && taken + held < thruLimit;
        auto key = keys[static_cast<std::size_t>((message.data[0] & 0x0f) * 128 +
                                                 (message.data[1] & 0x7f))];
        if (kind == 0x90 && message.data[2] > 0) {
            if (!thru || taken + held + 2 > thruLimit)
                return false;
            held += key ? 0 : 1;
            key = true;
            return true;
        }
        if (!key)
            return false;
        --held;
        key = false;
        return true;
    }

    static constexpr std::size_t bufferBytes = 8192;
    struct Short
    {
        int offset = 0;
        int size = 0;
        std::array<std::uint8_t, 3> bytes{};
    };
    std::array<Short, thruLimit> passing;
    std::bitset<16 * 128> keys; ///< that went through and are held, by channel and pitch
    std::size_t held = 0;
    juce::MidiBuffer spare;
    const juce::uint8* ours = nullptr;
};

} // namespace organum::plugin
