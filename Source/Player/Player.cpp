#include "Player/Player.h"

#include <algorithm>
#include <cmath>

namespace organum::player
{

namespace
{

/** After a locate a host may name a place up to 1/1920 quarter late; the note there still counts.
 */
constexpr double startSlackQuarters = 1.0 / 1900.0;

std::int64_t floorDivide(std::int64_t value, std::int64_t divisor)
{
    const std::int64_t quotient = value / divisor;
    return value % divisor < 0 ? quotient - 1 : quotient;
}

std::int64_t toTickCeil(double quarter)
{
    return static_cast<std::int64_t>(std::ceil(quarter * static_cast<double>(ticksPerQuarter)));
}

} // namespace

void Player::silence(const BlockContext& context, EventList& events)
{
    events.clear();
    // The host may tell the transport only when it changes, so it is followed all the same.
    hostTransport.follow(context.host, context.samples, context.sampleRate);
    stop(events);
}

void Player::stop(EventList& events)
{
    table.endAll(events, 0);
    wasActive = false;
    shownPlayhead.store(-1.0, std::memory_order_relaxed);
}

void Player::process(const BlockContext& context, EventList& events)
{
    events.clear();
    if (context.samples <= 0)
        return;
    if (mustRelease.exchange(false, std::memory_order_acq_rel)) {
        stop(events);
        hostTransport.reset();
        freeTransport.reset();
    }
    setLines(context, events);

    BlockTime time = hostTransport.follow(context.host, context.samples, context.sampleRate);
    if (!context.follows)
        time.playing = false;
    const bool free = !time.playing && context.audition;
    const BlockTime freeTime =
        freeTransport.runFree(free, context.auditionTempo, context.samples, context.sampleRate);
    if (free)
        time = freeTime;
    if (!time.playing) {
        stop(events);
        timelines.take();
        return;
    }
    if (!wasActive || free != freeRunning)
        time.segments[0].jumped = true;
    wasActive = true;
    freeRunning = free;
    for (int i = 0; i < time.count; ++i)
        playSegment(time.segments[static_cast<std::size_t>(i)], events);
    showPlayhead(time.quarter);
}

void Player::setLines(const BlockContext& context, EventList& events)
{
    for (int index = 0; index < lineCount; ++index) {
        Line now{context.channel, false};
        if (index != soloLine) {
            now.channel = context.voiceChannels[static_cast<std::size_t>(index)];
            now.muted = (context.mutedVoices >> index & 1u) != 0;
        }
        Line& line = lines[static_cast<std::size_t>(index)];
        if (now.muted || now.channel != line.channel)
            table.endLine(events, 0, index);
        line = now;
    }
}

void Player::begin(const NextNote& note, int offset, EventList& events)
{
    const TimelineNote& begins = timelines.current()->notes()[note.index];
    const int index = timelines.current()->lineOf(begins);
    const Line& line = lines[static_cast<std::size_t>(index)];
    if (line.muted)
        return;
    if (!table.start(events, offset,
                     {index, line.channel, begins.pitch, begins.velocity, note.tick,
                      note.loopStart + begins.end}))
        dropped.fetch_add(1, std::memory_order_relaxed);
}

void Player::playSegment(const Segment& segment, EventList& events)
{
    if (segment.jumped) {
        table.endAll(events, segment.begin);
        // Before quarter 0 lies the count-in, in which nothing plays.
        cursor = std::max<std::int64_t>(
            0, toTickCeil(segment.quarterAt(segment.begin) - startSlackQuarters));
        if (timelines.current() == nullptr)
            timelines.take();
    }
    const std::int64_t endTick = segment.firstTickAt(segment.end);
    if (endTick <= cursor)
        return;
    const auto offsetOf = [&segment](std::int64_t tick) {
        return static_cast<int>(
            std::clamp<std::int64_t>(segment.offsetOf(tick), segment.begin, segment.end - 1));
    };

    NextNote note = noteAtOrAfter(cursor);
    std::int64_t bar = NoteTable::never;
    if (timelines.isWaiting()) {
        const Timeline* current = timelines.current();
        const std::int64_t barLength =
            current != nullptr ? current->barLength() : 4 * ticksPerQuarter;
        bar = floorDivide(cursor + barLength - 1, barLength) * barLength;
    }
    while (true) {
        const std::int64_t tick = std::min({table.nextEnd(), bar, note.tick});
        if (tick >= endTick)
            break;
        const int offset = offsetOf(tick);
        if (table.nextEnd() == tick) {
            table.endUntil(events, offset, tick);
        } else if (bar == tick) {
            bar = NoteTable::never;
            if (timelines.take())
                note = noteAtOrAfter(tick);
        } else {
            begin(note, offset, events);
            note = noteAfter(note);
        }
    }
    cursor = endTick;
}

Player::NextNote Player::noteAtOrAfter(std::int64_t tick) const
{
    NextNote next;
    const Timeline* timeline = timelines.current();
    if (timeline == nullptr || timeline->notes().empty())
        return next;
    next.loopStart = floorDivide(tick, timeline->length()) * timeline->length();
    next.index = timeline->firstAtOrAfter(tick - next.loopStart);
    if (next.index == timeline->notes().size()) {
        next.loopStart += timeline->length();
        next.index = 0;
    }
    next.tick = next.loopStart + timeline->notes()[next.index].onset;
    return next;
}

Player::NextNote Player::noteAfter(const NextNote& note) const
{
    NextNote next = note;
    const Timeline* timeline = timelines.current();
    if (++next.index == timeline->notes().size()) {
        next.loopStart += timeline->length();
        next.index = 0;
    }
    next.tick = next.loopStart + timeline->notes()[next.index].onset;
    return next;
}

void Player::showPlayhead(double quarter)
{
    double shown = 0.0;
    if (const Timeline* timeline = timelines.current()) {
        const double length =
            static_cast<double>(timeline->length()) / static_cast<double>(ticksPerQuarter);
        shown = quarter - std::floor(quarter / length) * length;
    }
    shownPlayhead.store(shown, std::memory_order_relaxed);
}

} // namespace organum::player
