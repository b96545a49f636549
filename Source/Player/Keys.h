#pragma once

// Which keys the musician holds, since when and how hard: for triggered playing, and for notes that
// are held when a call begins.

#include <array>
#include <cstdint>

namespace organum::player
{

/** What a MIDI message says of a key. */
struct KeyEvent
{
    enum class Kind
    {
        other,
        press,
        release,
        releaseAll ///< all notes off, all sound off
    };
    Kind kind = Kind::other;
    int channel = 0; ///< 0..15
    int pitch = 60;
    int velocity = 90;

    static KeyEvent of(const std::uint8_t* bytes, int size)
    {
        KeyEvent event;
        if (size != 3)
            return event;
        const int status = bytes[0] & 0xf0;
        event.channel = bytes[0] & 0x0f;
        event.pitch = bytes[1] & 0x7f;
        event.velocity = bytes[2] & 0x7f;
        if (status == 0x90 && event.velocity > 0)
            event.kind = Kind::press;
        else if (status == 0x80 || status == 0x90)
            event.kind = Kind::release;
        else if (status == 0xb0 && (event.pitch == 120 || event.pitch == 123))
            event.kind = Kind::releaseAll;
        return event;
    }
};

class Keys
{
public:
    struct Key
    {
        std::uint16_t channels = 0; ///< bit c: held on channel c
        std::int64_t since = 0;     ///< tick of the last press
        int velocity = 0;           ///< of the last press
    };

    /** Audio thread; constant time. `tick` in the host's time. */
    void follow(const KeyEvent& event, std::int64_t tick)
    {
        Key& key = keys[static_cast<std::size_t>(event.pitch)];
        const auto bit = static_cast<std::uint16_t>(1u << event.channel);
        switch (event.kind) {
        case KeyEvent::Kind::press:
            held += (key.channels & bit) == 0 ? 1 : 0;
            key = {static_cast<std::uint16_t>(key.channels | bit), tick, event.velocity};
            break;
        case KeyEvent::Kind::release:
            held -= (key.channels & bit) != 0 ? 1 : 0;
            key.channels = static_cast<std::uint16_t>(key.channels & ~bit);
            break;
        case KeyEvent::Kind::releaseAll:
            for (Key& each : keys) {
                held -= (each.channels & bit) != 0 ? 1 : 0;
                each.channels = static_cast<std::uint16_t>(each.channels & ~bit);
            }
            break;
        case KeyEvent::Kind::other:
            break;
        }
    }

    bool any() const { return held > 0; }
    const Key& key(int pitch) const { return keys[static_cast<std::size_t>(pitch)]; }

private:
    std::array<Key, 128> keys;
    int held = 0;
};

} // namespace organum::player
