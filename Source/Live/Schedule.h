#pragma once

// A score as the messages that play it, each at its exact place, and the tempo map that gives them
// their moments.

#include "Live/Message.h"
#include "Score/Score.h"

#include <vector>

namespace organum::live
{

/** Quarter notes to seconds and back, by a score's tempo changes. */
class TempoMap
{
public:
    /** `factor` scales every tempo: 2 = twice as fast. */
    explicit TempoMap(const std::vector<score::TempoChange>& changes, double factor = 1.0);

    /** Seconds from quarter note 0; before it the first tempo holds. */
    double secondsAt(double quarter) const;
    double beatsPerMinuteAt(double quarter) const;

private:
    struct Stretch
    {
        double quarter = 0.0;
        double seconds = 0.0;
        double secondsPerQuarter = 0.5;
    };
    const Stretch& stretchAt(double quarter) const;
    std::vector<Stretch> stretches; ///< ascending, never empty
};

struct ScheduledMessage
{
    double quarter = 0.0;
    Message message; ///< without a moment
};

/** Note-ons and note-offs in the order they are played; at one place offs come first. A note that
    begins while its own pitch still sounds on its channel ends the earlier one. */
std::vector<ScheduledMessage> scheduleOf(const score::Score& score);

/** Which program each channel in use begins with. */
std::vector<Message> programChanges(const score::Score& score);

/** The end of the last bar that holds a note: where a loop begins anew. In quarter notes. */
double loopLength(const score::Score& score);

} // namespace organum::live
