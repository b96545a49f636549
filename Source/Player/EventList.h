#pragma once

// The MIDI events of one block, in a fixed array. Wrappers reserve little room for a block's events
// and allocate or drop beyond it, so a block never holds more than a small, fixed number.

#include <array>
#include <cstddef>
#include <cstdint>

namespace organum::player
{

struct Event
{
    int offset = 0; ///< sample within the block
    std::uint8_t status = 0;
    std::uint8_t pitch = 0;
    std::uint8_t velocity = 0;

    bool isNoteOn() const { return (status & 0xf0) == 0x90 && velocity > 0; }
    bool isNoteOff() const { return (status & 0xf0) == 0x80; }
    int channel() const { return status & 0x0f; } ///< 0..15
    bool operator==(const Event& other) const
    {
        return offset == other.offset && status == other.status && pitch == other.pitch &&
               velocity == other.velocity;
    }
};

class EventList
{
public:
    /** The VST3 wrapper of JUCE 7 takes 342 short events before it allocates, LV2 about 340. */
    static constexpr std::size_t capacity = 128;

    void clear() { used = 0; }
    std::size_t size() const { return used; }
    std::size_t room() const { return capacity - used; }
    const Event* begin() const { return events.data(); }
    const Event* end() const { return events.data() + used; }
    const Event& operator[](std::size_t index) const { return events[index]; }

    /** False, and nothing added, when full. */
    bool add(const Event& event)
    {
        if (used == capacity)
            return false;
        events[used++] = event;
        return true;
    }

private:
    std::array<Event, capacity> events;
    std::size_t used = 0;
};

} // namespace organum::player
