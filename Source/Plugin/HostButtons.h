#pragma once

// Buttons that hosts press by automation: something happens when a parameter goes from off to on.
// The audio thread notices, the session's worker acts; the audio thread learns when that is done.

#include "Plugin/Parameters.h"

#include <array>
#include <atomic>
#include <cstdint>

namespace organum::plugin
{

class HostButtons
{
public:
    enum Button : std::uint32_t
    {
        generate = 1,
        continueTake = 2,
        previousTake = 4,
        nextTake = 8,
        panic = 16
    };
    static constexpr std::uint32_t forWorker = generate | continueTake | previousTake | nextTake;

    /** Audio thread, once a block: which were pressed. `deaf`: parameters move, but nobody presses
        anything, as in a restored state. */
    std::uint32_t watch(const Parameters& values, bool deaf)
    {
        const std::array<bool, 5> now = {
            values.generate->get(), values.continueTake->get(), values.playing.previousTake->get(),
            values.playing.nextTake->get(), values.playing.panic->get()};
        std::uint32_t pressed = 0;
        for (std::size_t i = 0; i < now.size(); ++i) {
            if (now[i] && !were[i] && !deaf)
                pressed |= 1u << i;
            were[i] = now[i];
        }
        if ((pressed & forWorker) != 0)
            press(pressed);
        return pressed;
    }
    /** Any thread: the same as if hosts had pressed these. */
    void press(std::uint32_t pressed)
    {
        made.fetch_add(1, std::memory_order_relaxed);
        waiting.fetch_or(pressed & forWorker, std::memory_order_release);
    }
    /** Audio thread: some press has not had its effect yet. */
    bool isExpecting() const
    {
        return made.load(std::memory_order_relaxed) != kept.load(std::memory_order_acquire);
    }

    /** Worker: what was pressed since the last call. */
    std::uint32_t collect()
    {
        const std::uint32_t count = made.load(std::memory_order_relaxed);
        const std::uint32_t pressed = waiting.exchange(0, std::memory_order_acquire);
        if (pressed != 0)
            collected = count;
        return pressed;
    }
    /** Worker: what was collected has had its effect, or will have none. */
    void settle() { kept.store(collected, std::memory_order_release); }

private:
    std::array<bool, 5> were{}; // the audio thread's
    std::atomic<std::uint32_t> waiting{0};
    std::atomic<std::uint32_t> made{0};
    std::atomic<std::uint32_t> kept{0};
    std::uint32_t collected = 0; // the worker's
};

} // namespace organum::plugin
