#pragma once

// Plays a score through a sender: at its own tempo, sending clock if wished, or led by a clock that
// comes in. It only reckons: whoever calls advance() some fifty times a second gives it the time.

#include "Live/ClockFollower.h"
#include "Live/Inbox.h"
#include "Live/Schedule.h"
#include "Live/Sender.h"

namespace organum::live
{

struct PerformanceOptions
{
    double tempoFactor = 1.0; ///< of all the score's tempos
    bool loop = false;        ///< again from the beginning after the last bar
    bool sendClock = false;
    double lead = 0.1; ///< seconds before the first note
};

class Performance
{
public:
    Performance(const score::Score& score, Sender& senderIn, const PerformanceOptions& optionsIn);

    /** Own tempo: leaves the next messages with the sender. False when the last one is over. `now`
        is nowSeconds(). */
    bool advance(double now);

    /** Led by the clock in what came in: plays while it runs, from where it says. */
    void follow(double now, Inbox& inbox);
    /** Whether the clock that is followed runs. */
    bool isRunning() const { return wasRunning; }

    /** The receiver may have lost the beat: where clock is sent, its place is told again. */
    void tellPlaceAgain() { mustTellPlace = options.sendClock; }

    /** Quarter notes; one turn of the loop. */
    double length() const { return turn; }
    double seconds() const { return tempo.secondsAt(turn); }

private:
    void begin(double now);
    bool pushTick(double due);
    void endTurn();
    void goTo(double quarter);
    bool push(Message message, double due);

    const std::vector<ScheduledMessage> schedule;
    const std::vector<Message> programs;
    const TempoMap tempo;
    const double turn;
    const PerformanceOptions options;
    Sender& sender;

    bool begun = false;
    double origin = 0.0;  ///< own tempo: when this turn's quarter note 0 sounds
    std::size_t next = 0; ///< place in the schedule
    std::int64_t nextTick = 0;
    bool mustTellPlace = false;
    bool allSent = false;
    double latestDue = 0.0;

    ClockFollower clock;
    bool wasRunning = false;
    std::uint32_t revision = 0;
    double turnStart = 0.0; ///< led by a clock: its quarter note at which this turn began
};

} // namespace organum::live
