#pragma once

// Follows a MIDI clock that comes in. Ticks arrive with the jitter of cables and of audio blocks,
// so tempo and place are read from the straight line that fits the last ticks best (least squares).

#include "Live/Clock.h"

#include <array>
#include <cstdint>

namespace organum::live
{

struct ClockPosition
{
    bool playing = false;
    double quarter = 0.0; ///< now; where it stands while stopped
    double start = 0.0;   ///< the quarter it was started at: notes there must not be missed
    double beatsPerMinute = 120.0;
    /** Grows with every start, continue and jump. */
    std::uint32_t revision = 0;
};

/** One thread at a time; takes no memory and no locks. */
class ClockFollower
{
public:
    /** Takes any message; those that are no clock are ignored. `due` is when it came in. */
    void receive(const Message& message);

    /** Where the sender's music is at a moment not before the last message. Ticks that stop coming
        count as a stop, until they come again. */
    ClockPosition at(double seconds) const;

    bool hasTempo() const { return count >= 2; }

private:
    enum class State
    {
        stopped,
        armed, ///< told to start; the next tick is the first
        running
    };
    struct Line
    {
        double tickAtNewest = 0.0; ///< of the newest tick's time, by the line; near 0
        double ticksPerSecond = 48.0;
    };

    void tick(double seconds);
    void start(double quarter);
    void fit();
    double tickTime(int ago) const;
    double patience() const;

    static constexpr int window = 48;
    std::array<double, window> times{}; ///< of the newest ticks, a ring
    int newest = -1;                    ///< index
    int count = 0;
    Line line;
    int outliers = 0; ///< ticks in a row well off on one side of the line; signed

    State state = State::stopped;
    double startQuarter = 0.0;
    std::int64_t ticksSinceStart = 0; ///< of the newest tick: the first is 0
    std::uint32_t revision = 0;
};

} // namespace organum::live
