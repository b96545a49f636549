#include "Live/Performance.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace organum::live
{

namespace
{

/** How far messages are given to the sender ahead of their time: longer than a busy main thread
    sleeps. Led by a clock it is shorter, since the clock may stop. */
constexpr double ownLookahead = 0.15;
constexpr double ledLookahead = 0.03;
/** The start comes before the first tick, so that receivers are ready (MIDI 1.0: 1 ms). */
constexpr double startLead = 0.002;
/** A program that was stopped (Ctrl-Z) goes on where it was, not with all it has missed at once. */
constexpr double longestDelay = 1.0;
constexpr double never = std::numeric_limits<double>::infinity();
/** Quarter notes: a start that is noticed this late, on a busy machine, is played from its first
   note all the same. */
constexpr double freshStart = 2.0;

} // namespace

Performance::Performance(const score::Score& score, Sender& senderIn,
                         const PerformanceOptions& optionsIn)
    : schedule(scheduleOf(score))
    , programs(programChanges(score))
    , tempo(score.tempos, optionsIn.tempoFactor)
    , turn(loopLength(score))
    , options(optionsIn)
    , sender(senderIn)
{
}

bool Performance::push(Message message, double due)
{
    // The queue is sent in its own order, so nothing may be due before what was pushed before it.
    message.due = std::max(due, latestDue);
    if (!sender.push(message))
        return false;
    latestDue = message.due;
    return true;
}

void Performance::begin(double now)
{
    begun = true;
    origin = now + options.lead;
    for (const auto& program : programs)
        push(program, now);
    if (options.sendClock)
        push(shortMessage(0.0, clockStart), origin - startLead);
}

bool Performance::pushTick(double due)
{
    if (mustTellPlace && nextTick % ticksPerSixteenth == 0) {
        push(songPositionMessage(0.0, static_cast<int>(std::min<std::int64_t>(
                                          nextTick / ticksPerSixteenth, largestSongPosition))),
             due);
        push(shortMessage(0.0, clockContinue), due);
        mustTellPlace = false;
    }
    return push(shortMessage(0.0, clockTick), due);
}

void Performance::endTurn()
{
    const double end = origin + tempo.secondsAt(turn);
    next = 0;
    nextTick = 0;
    if (options.loop) {
        origin = end;
        return;
    }
    allSent = true;
    if (options.sendClock)
        push(shortMessage(0.0, clockStop), end);
}

bool Performance::advance(double now)
{
    if (!begun)
        begin(now);
    while (!allSent) {
        const double noteDue =
            next < schedule.size() ? origin + tempo.secondsAt(schedule[next].quarter) : never;
        const bool ticksLeft = options.sendClock && quarterOfTick(nextTick) < turn;
        const double tickDue =
            ticksLeft ? origin + tempo.secondsAt(quarterOfTick(nextTick)) : never;
        const double turnDue = origin + tempo.secondsAt(turn);
        const double due = std::min({noteDue, tickDue, turnDue});
        if (due < now - longestDelay) {
            origin += now - due;
            continue;
        }
        if (due > now + ownLookahead)
            break;
        if (ticksLeft && tickDue <= noteDue) {
            if (!pushTick(tickDue))
                break; // no room in the queue: next time
            ++nextTick;
        } else if (noteDue < never) {
            if (!push(schedule[next].message, noteDue))
                break;
            ++next;
        } else {
            endTurn();
        }
    }
    sender.wake();
    return !allSent || now <= latestDue;
}

void Performance::goTo(double quarter)
{
    const double within = options.loop ? std::fmod(quarter, turn) : quarter;
    turnStart = quarter - within;
    next = static_cast<std::size_t>(
        std::lower_bound(schedule.begin(), schedule.end(), within - tickSlack,
                         [](const auto& one, double place) { return one.quarter < place; }) -
        schedule.begin());
    // An end that lies there belongs to a note that was never begun.
    while (next < schedule.size() && schedule[next].message.isNoteOff() &&
           schedule[next].quarter <= within + tickSlack)
        ++next;
}

void Performance::follow(double now, Inbox& inbox)
{
    if (!begun) {
        begun = true;
        for (const auto& program : programs)
            push(program, now);
    }
    Message message;
    while (inbox.pop(message))
        clock.receive(message);
    const auto place = clock.at(now);
    if (!place.playing) {
        if (wasRunning)
            sender.silence();
        wasRunning = false;
        return;
    }
    if (!wasRunning || place.revision != revision) {
        if (wasRunning)
            sender.silence();
        const bool isFresh = place.revision != revision && place.quarter - place.start < freshStart;
        goTo(isFresh ? place.start : place.quarter);
        wasRunning = true;
        revision = place.revision;
    }
    const double secondsPerQuarter = 60.0 / place.beatsPerMinute;
    const double until = place.quarter + ledLookahead / secondsPerQuarter;
    while (true) {
        if (next == schedule.size()) {
            if (!options.loop || turnStart + turn > until)
                break;
            turnStart += turn;
            next = 0;
        }
        const double quarter = turnStart + schedule[next].quarter;
        if (quarter > until ||
            !push(schedule[next].message, now + (quarter - place.quarter) * secondsPerQuarter))
            break;
        ++next;
    }
    sender.wake();
}

} // namespace organum::live
