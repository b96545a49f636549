#pragma once

// What is sent when all sound must end whatever instruments think of note-offs: all sound off and
// all notes off, on the channels that were used.

#include "Player/EventList.h"

#include <cstdint>

namespace organum::player
{

class Panic
{
public:
    /** A note went out on that channel, 0..15. */
    void noteOn(int channel) { used |= 1u << channel; }
    void raise() { pending |= used; }

    /** Adds as many as the block has room for beside `reserved` others; the rest comes in the next
        blocks. Audio thread. */
    void send(EventList& events, int offset, std::size_t reserved)
    {
        for (int channel = 0; channel < 16 && pending != 0; ++channel) {
            if ((pending >> channel & 1u) == 0)
                continue;
            if (events.room() < reserved + 2)
                return;
            for (const std::uint8_t controller : {allSoundOff, allNotesOff})
                events.add({offset, static_cast<std::uint8_t>(0xb0 | channel), controller, 0});
            pending &= ~(1u << channel);
        }
    }

private:
    static constexpr std::uint8_t allSoundOff = 120;
    static constexpr std::uint8_t allNotesOff = 123;
    std::uint32_t used = 0; ///< bit c = channel c
    std::uint32_t pending = 0;
};

} // namespace organum::player
