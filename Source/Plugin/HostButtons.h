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
        // Both at once, or a press could be counted and not seen, or seen and not counted.
        std::uint64_t before = presses.load(std::memory_order_relaxed);
        while (!presses.compare_exchange_weak(before, (before + one) | (pressed & forWorker),
                                              std::memory_order_release,
                                              std::memory_order_relaxed)) {
        }
    }
    /** Audio thread: some press has not had its effect yet. */
    bool isExpecting() const
    {
        return presses.load(std::memory_order_relaxed) / one !=
               kept.load(std::memory_order_acquire);
    }

    /** Worker: what was pressed since the last call. */
    std::uint32_t collect()
    {
        const std::uint64_t taken = presses.fetch_and(~(one - 1), std::memory_order_acquire);
        collected = taken / one;
        return static_cast<std::uint32_t>(taken % one);
    }
    /** Worker: what was collected has had its effect, or will have none. */
    void settle() { kept.store(collected, std::memory_order_release); }

private:
    static constexpr std::uint64_t one = 256; ///< a press, above the bits of the buttons

    std::array<bool, 5> were{};            // the audio thread's
    std::atomic<std::uint64_t> presses{0}; ///< how many there were, and which were not collected
    std::atomic<std::uint64_t> kept{0};
    std::uint64_t collected = 0; // the worker's
};

} // namespace organum::plugin
