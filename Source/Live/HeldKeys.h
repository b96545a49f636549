#pragma once

// Which notes sound on which channel, so that all of them can be ended when a port, a program or a
// player goes away.

#include "Live/Message.h"

#include <bitset>

namespace organum::live
{

class HeldKeys
{
public:
    /** Takes note of one message; others than notes are ignored. */
    void note(const Message& message)
    {
        if (message.isNoteOn() || message.isNoteOff())
            keys[keyOf(message)] = message.isNoteOn();
    }
    void add(const HeldKeys& others) { keys |= others.keys; }
    bool any() const { return keys.any(); }

    /** Calls `send` with a note-off for each, due at `when`, and forgets them. */
    template <typename Send>
    void release(double when, Send&& send)
    {
        for (std::size_t key = 0; key < keys.size() && keys.any(); ++key) {
            if (!keys[key])
                continue;
            keys[key] = false;
            send(shortMessage(when, static_cast<std::uint8_t>(0x80 + key / 128), 3,
                              static_cast<std::uint8_t>(key % 128)));
        }
    }

private:
    static std::size_t keyOf(const Message& message)
    {
        return (message.status() & 0x0fu) * 128u + (message.bytes[1] & 0x7fu);
    }
    std::bitset<std::size_t{16} * 128> keys;
};

} // namespace organum::live
