#pragma once

// Carries what is played during a call from the audio thread to whoever composes the answer,
// without lock or wait. A flood of notes is cut, the end of a call never is.

#include <juce_core/juce_core.h>

#include <array>
#include <cstdint>

namespace organum::player
{

struct CallEvent
{
    enum class Kind : std::uint8_t
    {
        open,    ///< a call begins: `tick` is where, in the host's time
        press,   ///< `tick` counts from the call's begin
        release, ///< the same
        close,   ///< the call is over; `tick` is where the answer begins, in the host's time
        discard  ///< time jumped or stopped: there is nothing to answer
    };
    Kind kind = Kind::open;
    std::uint8_t pitch = 60;
    std::uint8_t velocity = 90;
    std::int64_t tick = 0;
    int bars = 0;               ///< with open: of the call, and of its answer
    std::int64_t barLength = 0; ///< with open: ticks
    std::uint64_t call = 0;     ///< with open: its number, which the answer must carry
};

class CallQueue
{
public:
    /** Audio thread; constant time. */
    void push(const CallEvent& event)
    {
        const bool isNote =
            event.kind == CallEvent::Kind::press || event.kind == CallEvent::Kind::release;
        if (fifo.getFreeSpace() <= (isNote ? reserve : 0))
            return;
        const auto scope = fifo.write(1);
        const int index = scope.blockSize1 > 0 ? scope.startIndex1 : scope.startIndex2;
        events[static_cast<std::size_t>(index)] = event;
    }

    /** One thread at a time, never the audio thread. Calls `use` with each event in order. */
    template <typename Use>
    void drain(Use&& use)
    {
        const auto scope = fifo.read(fifo.getNumReady());
        scope.forEach([&](int index) { use(events[static_cast<std::size_t>(index)]); });
    }

private:
    static constexpr int capacity = 1024;
    static constexpr int reserve = 64;
    std::array<CallEvent, capacity> events;
    juce::AbstractFifo fifo{capacity};
};

} // namespace organum::player
