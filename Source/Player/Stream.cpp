// The part of the conductor for music that belongs to one place in the host's time: endless music,
// and answers to what was played.

#include "Player/Conductor.h"
#include "Player/Ticks.h"

#include <algorithm>

namespace organum::player
{

namespace
{

/** How many bars repeat while the next ones are late. */
constexpr std::int64_t repeatedBars = 4;
/** So long before the answer begins the call is closed, or the answer could not be there in time.
 */
constexpr std::int64_t closesBefore = ticksPerQuarter / 2;
/** Tells calls from takes, which are numbered, too. */
constexpr std::uint64_t callBit = std::uint64_t{1} << 63;

} // namespace

std::int64_t Conductor::callCloses() const
{
    return callStart + halfCycle() - std::min(closesBefore, halfCycle() / 4);
}

void Conductor::beginStream(std::int64_t tick)
{
    if (settings.mode == Mode::callAndResponse) {
        beginCycle(tick);
        return;
    }
    // Endless music of another take is not what plays on.
    streamIsCurrent = stream.current() != nullptr && takes.current() != nullptr &&
                      stream.current()->take() == takes.current()->take();
    enterBar(tick);
}

// ---- endless -----------------------------------------------------------------------------------

/** Until the first stretch of endless music arrives, the take is its beginning. */
const Timeline* Conductor::endlessMusic() const
{
    return streamIsCurrent ? stream.current() : takes.current();
}

bool Conductor::covers(std::int64_t tick) const
{
    const Timeline* music = endlessMusic();
    return music != nullptr && tick >= music->start() && tick < music->end();
}

void Conductor::enterBar(std::int64_t tick)
{
    feel = wantedFeel;
    if (takes.current() == nullptr)
        takes.take();
    bool isNew = keepPromise(stream, tick);
    if (!isNew && !covers(tick)) {
        waitAt(tick);
        isNew = stream.take();
    }
    if (isNew) {
        streamIsCurrent = true;
        takes.take(); // what it goes on from
    }
    const Timeline* music = endlessMusic();
    if (music == nullptr) {
        pass = {};
        boundary = roundUp(tick + 1, settings.barTicks);
        return;
    }
    const std::int64_t bar = music->barLength();
    const std::int64_t barStart = floorDivide(tick, bar) * bar;
    boundary = barStart + bar;
    pass = {music, barStart, barStart - music->start(), boundary, false};
    if (covers(tick))
        return;
    countLate(tick);
    const std::int64_t repeated = std::min(repeatedBars * bar, music->length());
    pass.from = music->length() - repeated + floorModulo(barStart - music->end(), repeated);
}

// ---- call and response -------------------------------------------------------------------------

void Conductor::beginCycle(std::int64_t tick)
{
    callStart = floorDivide(tick, 2 * halfCycle()) * 2 * halfCycle();
    if (tick < callCloses())
        open(callStart, tick);
    else
        boundary = callStart + 2 * halfCycle(); // too late for a call, and nothing to answer
}

void Conductor::open(std::int64_t start, std::int64_t tick)
{
    callStart = start;
    heardNotes = 0;
    hears = true;
    listening.store(true, std::memory_order_relaxed);
    pass = {};
    boundary = callCloses();
    CallEvent event;
    event.kind = CallEvent::Kind::open;
    event.call = callNumber = (callNumber + 1) | callBit;
    event.tick = start;
    event.bars = settings.callBars;
    event.barLength = settings.barTicks;
    callQueue.push(event);
    // Whoever plays the first note a little before the bar line means the bar line.
    for (int pitch = 0; keys.any() && pitch < 128; ++pitch)
        if (keys.key(pitch).channels != 0 && tick - keys.key(pitch).since <= closesBefore)
            recordKey({KeyEvent::Kind::press, 0, pitch, keys.key(pitch).velocity}, tick);
}

void Conductor::recordKey(const KeyEvent& event, std::int64_t tick)
{
    CallEvent played;
    played.tick = std::max<std::int64_t>(0, tick - callStart);
    played.pitch = static_cast<std::uint8_t>(event.pitch);
    played.velocity = static_cast<std::uint8_t>(event.velocity);
    switch (event.kind) {
    case KeyEvent::Kind::press:
        played.kind = CallEvent::Kind::press;
        ++heardNotes;
        break;
    case KeyEvent::Kind::release:
        played.kind = CallEvent::Kind::release;
        break;
    default:
        return; // keys that are let go together end with the call
    }
    callQueue.push(played);
}

void Conductor::abandonCall()
{
    if (hears || heardNotes > 0) {
        CallEvent event;
        event.kind = CallEvent::Kind::discard;
        callQueue.push(event);
    }
    hears = false;
    heardNotes = 0;
    listening.store(false, std::memory_order_relaxed);
}

void Conductor::changeCycle(std::int64_t tick)
{
    feel = wantedFeel;
    const std::int64_t answerStart = callStart + halfCycle();
    if (hears && tick < answerStart) {
        hears = false;
        listening.store(false, std::memory_order_relaxed);
        CallEvent event;
        event.kind = CallEvent::Kind::close;
        event.tick = answerStart;
        callQueue.push(event);
        boundary = answerStart;
    } else if (tick >= answerStart + halfCycle() || heardNotes == 0) {
        const std::int64_t next = roundUp(tick, 2 * halfCycle());
        if (tick == next)
            open(next, tick);
        else
            boundary = next;
    } else {
        answerBar(tick);
    }
}

/** At each bar line of an answer until it is there. */
void Conductor::answerBar(std::int64_t tick)
{
    takes.take(); // not played in this mode, but the room for the next is wanted
    const std::int64_t start = callStart + halfCycle();
    const auto isHere = [this] {
        return stream.current() != nullptr && stream.current()->take() == callNumber;
    };
    stream.take();
    if (!isHere()) {
        waitAt(tick);
        stream.take();
    }
    if (isHere()) {
        pass = {stream.current(), start, 0, start + halfCycle(), false};
        boundary = start + halfCycle();
        return;
    }
    pass = {};
    countLate(tick);
    boundary = tick + settings.barTicks;
}

} // namespace organum::player
