#pragma once

// A short MIDI message with its moment. Times in this room are seconds of one steady clock, so that
// what is received, reckoned and sent can be compared.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace organum::live
{

/** System real-time and common messages of MIDI 1.0 that a clock is made of. */
enum ClockStatus : std::uint8_t
{
    songPosition = 0xf2,
    clockTick = 0xf8,
    clockStart = 0xfa,
    clockContinue = 0xfb,
    clockStop = 0xfc
};

struct Message
{
    double due = 0.0; ///< seconds: when to send it, or when it came in
    int size = 0;     ///< bytes, 1..3
    std::array<std::uint8_t, 3> bytes{};

    std::uint8_t status() const { return bytes[0]; }
    /** Song position, tick, start, continue or stop. */
    bool isClock() const
    {
        return status() == songPosition || status() == clockTick ||
               (status() >= clockStart && status() <= clockStop);
    }
    bool isNoteOn() const { return size == 3 && (status() & 0xf0) == 0x90 && bytes[2] > 0; }
    bool isNoteOff() const
    {
        return size == 3 && ((status() & 0xf0) == 0x80 || ((status() & 0xf0) == 0x90 && !bytes[2]));
    }
};

inline Message shortMessage(double due, std::uint8_t status, int size = 1, std::uint8_t first = 0,
                            std::uint8_t second = 0)
{
    return {due, size, {status, first, second}};
}

/** Seconds of std::chrono::steady_clock. Any thread. */
inline double nowSeconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace organum::live
