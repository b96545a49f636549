#include "Player/Conductor.h"

#include "Player/Ticks.h"

#include <algorithm>

namespace organum::player
{

bool Conductor::set(const ModeSettings& settingsIn, const Feel& feelIn, Patience* patienceIn)
{
    patience = patienceIn;
    wantedFeel = feelIn;
    if (settingsIn == settings)
        return false;
    const Mode before = settings.mode;
    const bool cycleChanges =
        settingsIn.mode == Mode::callAndResponse &&
        (settingsIn.callBars != settings.callBars || settingsIn.barTicks != settings.barTicks);
    settings = settingsIn;
    if (settings.mode == before)
        return cycleChanges;
    return true;
}

void Conductor::settle(bool stillExpected)
{
    if (!stillExpected && promised && !takes.isWaiting() && !stream.isWaiting())
        promised = false;
}

// ---- starts and jumps --------------------------------------------------------------------------

void Conductor::begin(std::int64_t tick)
{
    if (takes.current() == nullptr)
        takes.take();
    feel = wantedFeel;
    pass = {};
    triedAt = lastLate = -1;
    boundary = never;
    trigger.reset();
    abandonCall();
    if (settings.mode == Mode::loop)
        startLoop();
    else if (settings.mode == Mode::endless || settings.mode == Mode::callAndResponse)
        beginStream(tick);
    else if (settings.mode == Mode::hold && keys.any())
        trigger.press(settings, takeBarLength(), tick);
}

void Conductor::jump(std::int64_t from, std::int64_t to)
{
    feel = wantedFeel;
    triedAt = lastLate = -1;
    if (!isTriggered(settings.mode)) {
        begin(to);
        return;
    }
    // A musician's key is not bound to the host's place: what it started goes on.
    pass.begin += to - from;
    if (pass.end != never)
        pass.end += to - from;
    trigger.jump(settings, takeBarLength(), to);
}

void Conductor::stop(std::int64_t tick)
{
    trigger.reset();
    abandonCall();
    pass = {};
    takes.take();
    promised = false;
    showPosition(tick);
}

void Conductor::panic()
{
    keys = {}; // a release may have been lost
    trigger.reset();
    if (isTriggered(settings.mode))
        pass = {};
}

void Conductor::key(const KeyEvent& event, std::int64_t tick, bool running)
{
    keys.follow(event, tick);
    if (!running)
        return;
    if (isTriggered(settings.mode))
        trigger.follow(event, keys, settings, takeBarLength(), tick);
    else if (hears)
        recordKey(event, tick);
}

// ---- changes -----------------------------------------------------------------------------------

std::int64_t Conductor::takeBarLength() const
{
    return takes.current() != nullptr ? takes.current()->barLength() : settings.barTicks;
}

bool Conductor::wantsBar() const
{
    return takes.isWaiting() || promised || !(feel == wantedFeel) || patience != nullptr;
}

std::int64_t Conductor::nextChange(std::int64_t now) const
{
    if (settings.mode == Mode::endless || settings.mode == Mode::callAndResponse)
        return std::max(boundary, now);
    std::int64_t next = never;
    if (wantsBar())
        next = pass.barAtOrAfter(std::max(now, triedAt + 1));
    if (settings.mode != Mode::loop)
        next = std::min({next, trigger.nextStart(), trigger.nextStop(), pass.end});
    return std::max(next, now);
}

Conductor::Ending Conductor::change(std::int64_t tick)
{
    if (settings.mode == Mode::endless) {
        enterBar(tick);
        return Ending::nothing;
    }
    if (settings.mode == Mode::callAndResponse) {
        changeCycle(tick);
        return Ending::nothing;
    }
    if (settings.mode != Mode::loop)
        return changeTriggered(tick);
    adopt(tick);
    return Ending::nothing;
}

/** Offline: true when all that was asked for before that tick is there or will not come. */
bool Conductor::waitAt(std::int64_t tick)
{
    if (patience == nullptr)
        return true;
    showPosition(tick);
    return patience->waitForMusic();
}

void Conductor::countLate(std::int64_t tick)
{
    if (tick != lastLate)
        late.fetch_add(1, std::memory_order_relaxed);
    lastLate = tick;
}

/** Takes new music in where its place is: at any bar line, but what was promised where it is due.
 */
bool Conductor::keepPromise(HandOver<Timeline>& source, std::int64_t tick)
{
    if (promised && tick < dueFrom)
        return false;
    const bool isPunctual = waitAt(tick);
    if (source.take()) {
        promised = false;
        return true;
    }
    if ((promised || !isPunctual) && (!isTriggered(settings.mode) || pass.music != nullptr))
        countLate(tick);
    return false;
}

void Conductor::adopt(std::int64_t tick)
{
    triedAt = tick;
    feel = wantedFeel;
    if (!keepPromise(takes, tick))
        return;
    if (settings.mode == Mode::loop) {
        startLoop();
    } else if (pass.music != nullptr) {
        pass.music = takes.current();
        if (settings.mode == Mode::oneShot)
            pass.end = pass.begin + takes.current()->length();
    }
}

void Conductor::startLoop()
{
    pass = {takes.current(), 0, 0, never, true};
}

// ---- triggers ----------------------------------------------------------------------------------

void Conductor::startShot(std::int64_t tick)
{
    trigger.started();
    keepPromise(takes, tick);
    feel = wantedFeel;
    pass = {takes.current(), tick, 0, never, settings.mode != Mode::oneShot};
    if (pass.music != nullptr && !pass.loops)
        pass.end = tick + pass.music->length();
}

Conductor::Ending Conductor::changeTriggered(std::int64_t tick)
{
    const bool stops = trigger.nextStop() <= tick;
    const bool starts = trigger.nextStart() <= tick;
    if (stops || starts) {
        pass = {};
        trigger.stopped();
        if (starts)
            startShot(tick);
        return Ending::everything;
    }
    if (pass.end <= tick) {
        pass = {};
        trigger.stopped();
    } else {
        adopt(tick);
    }
    return Ending::nothing;
}

} // namespace organum::player
