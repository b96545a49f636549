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

std::int64_t toTickCeil(double quarter)
{
    return static_cast<std::int64_t>(std::ceil(quarter * static_cast<double>(ticksPerQuarter)));
}

/** The tick at which a block or segment may start to play. Before quarter 0 lies the count-in, in
    which nothing plays. */
std::int64_t startTick(double quarter)
{
    return std::max<std::int64_t>(0, toTickCeil(quarter - startSlackQuarters));
}

} // namespace

void Player::silence(const BlockContext& context, EventList& events)
{
    events.clear();
    // The host may tell the transport only when it changes, so it is followed all the same.
    const BlockTime time = hostTransport.follow(context.host, context.samples, context.sampleRate);
    followKeys(context);
    if (context.samples > 0)
        stop(time.quarter, events);
}

void Player::stop(double quarter, EventList& events)
{
    table.endAll(events, 0);
    wasActive = false;
    conductor.stop(std::abs(quarter) < 1.0e9 ? startTick(quarter) : 0);
    shownPlayhead.store(-1.0, std::memory_order_relaxed);
}

void Player::process(const BlockContext& context, EventList& events)
{
    events.clear();
    if (context.samples <= 0) {
        // There is no sample for an event to lie on, but the host may tell here that it has moved.
        const BlockTime told = hostTransport.follow(context.host, 0, context.sampleRate);
        jumpedUnheard = jumpedUnheard || (told.playing && told.segments[0].jumped);
        return;
    }
    if (mustRelease.exchange(false, std::memory_order_acq_rel)) {
        table.endAll(events, 0);
        wasActive = false;
        hostTransport.reset();
        freeTransport.reset();
    }
    if (context.panics) {
        table.endAll(events, 0);
        conductor.panic();
        panic.raise();
    }
    setLines(context, events);
    panic.send(events, 0, table.sounding());
    if (conductor.set(context.mode, context.feel, context.patience)) {
        table.endAll(events, 0);
        wasActive = false;
    }
    conductor.settle(context.expects || context.promises);

    BlockTime time = timeOf(context);
    if (!time.playing) {
        followKeys(context);
        stop(time.quarter, events);
        return;
    }
    time.segments[0].jumped = time.segments[0].jumped || jumpedUnheard;
    jumpedUnheard = false;
    for (int i = 0; i < time.count; ++i)
        playSegment(time.segments[static_cast<std::size_t>(i)], context, events);
    showPlayhead();
}

BlockTime Player::timeOf(const BlockContext& context)
{
    BlockTime time = hostTransport.follow(context.host, context.samples, context.sampleRate);
    if (!context.follows || context.runsFree)
        time.playing = false;
    const bool free = context.runsFree || (!time.playing && context.audition);
    const BlockTime freeTime =
        freeTransport.runFree(free, context.runsFree ? context.freeTempo : context.auditionTempo,
                              context.samples, context.sampleRate);
    if (free)
        time = freeTime;
    if (time.playing && free != freeRunning)
        wasActive = false;
    freeRunning = free;
    return time;
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

/** While time stands still. */
void Player::followKeys(const BlockContext& context)
{
    if (context.keys == nullptr)
        return;
    for (const juce::MidiMessageMetadata message : *context.keys)
        conductor.key(KeyEvent::of(message.data, message.numBytes), cursor, false);
}

void Player::begin(const NextNote& note, int offset, EventList& events)
{
    const Timeline& music = *conductor.music();
    const TimelineNote& begins = music.notes()[static_cast<std::size_t>(note.index)];
    const int index = music.lineOf(begins);
    const Line& line = lines[static_cast<std::size_t>(index)];
    if (line.muted)
        return;
    if (table.start(events, offset,
                    {index, line.channel, begins.pitch, note.velocity, note.tick, note.endTick}))
        panic.noteOn(line.channel);
    else
        dropped.fetch_add(1, std::memory_order_relaxed);
}

void Player::playSegment(const Segment& segment, const BlockContext& context, EventList& events)
{
    const bool starts = !wasActive;
    if (starts || segment.jumped) {
        table.endAll(events, segment.begin);
        const std::int64_t before = cursor;
        cursor = startTick(segment.quarterAt(segment.begin));
        if (starts)
            conductor.begin(cursor);
        else
            conductor.jump(before, cursor);
    }
    wasActive = true;
    if (context.promises && segment.begin == 0)
        conductor.promise(cursor);
    const auto offsetOf = [&segment](std::int64_t tick) {
        return static_cast<int>(
            std::clamp<std::int64_t>(segment.offsetOf(tick), segment.begin, segment.end - 1));
    };
    const std::int64_t endTick = segment.firstTickAt(segment.end);

    const juce::MidiBuffer& played = context.keys != nullptr ? *context.keys : noKeys;
    auto key = played.findNextSamplePosition(segment.begin);
    const auto keyTick = [&] {
        if (key == played.end() || (*key).samplePosition >= segment.end)
            return NoteTable::never;
        return std::max(cursor, segment.firstTickAt((*key).samplePosition));
    };
    const auto useKey = [&](std::int64_t tick) {
        conductor.key(KeyEvent::of((*key).data, (*key).numBytes), tick, true);
        ++key;
    };

    std::int64_t now = cursor;
    NextNote note = conductor.noteAtOrAfter(now);
    while (true) {
        const std::int64_t change = conductor.nextChange(now);
        const std::int64_t pressed = keyTick();
        const std::int64_t tick = std::min({table.nextEnd(), pressed, change, note.tick});
        if (tick >= endTick)
            break;
        now = std::max(now, tick);
        const int offset = offsetOf(tick);
        if (table.nextEnd() == tick) {
            table.endUntil(events, offset, tick);
        } else if (pressed == tick) {
            useKey(tick);
        } else if (change == tick) {
            if (conductor.change(tick) == Conductor::Ending::everything)
                table.endAll(events, offset);
            note = conductor.noteAtOrAfter(tick);
        } else {
            begin(note, offset, events);
            note = conductor.noteAfter(note);
        }
    }
    // A key may be pressed on a sample that lies behind the segment's last tick.
    while (keyTick() != NoteTable::never)
        useKey(keyTick());
    cursor = std::max(cursor, endTick);
    conductor.showPosition(cursor);
}

void Player::showPlayhead()
{
    const Timeline* music = conductor.music();
    const std::int64_t place = conductor.placeOf(cursor);
    double shown = -1.0;
    if (music != nullptr && place >= 0)
        shown = static_cast<double>(place) / static_cast<double>(ticksPerQuarter);
    shownPlayhead.store(shown, std::memory_order_relaxed);
}

} // namespace organum::player
