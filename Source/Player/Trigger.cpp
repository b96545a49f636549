#include "Player/Trigger.h"

#include "Player/Ticks.h"

namespace organum::player
{

namespace
{

std::int64_t onGrid(std::int64_t tick, Grid grid, std::int64_t barTicks)
{
    switch (grid) {
    case Grid::sixteenth:
        return roundUp(tick, ticksPerQuarter / 4);
    case Grid::eighth:
        return roundUp(tick, ticksPerQuarter / 2);
    case Grid::quarter:
        return roundUp(tick, ticksPerQuarter);
    case Grid::bar:
        return roundUp(tick, barTicks);
    case Grid::atOnce:
        break;
    }
    return tick;
}

} // namespace

void Trigger::follow(const KeyEvent& event, const Keys& keys, const ModeSettings& settings,
                     std::int64_t barTicks, std::int64_t tick)
{
    if (event.kind == KeyEvent::Kind::press) {
        // More keys under a held one are played legato: the take runs on.
        if (settings.mode != Mode::hold || (!running && start == never) || stop != never)
            press(settings, barTicks, tick);
    } else if (event.kind != KeyEvent::Kind::other && settings.mode == Mode::hold && !keys.any()) {
        start = never;
        if (running)
            stop = tick;
    }
}

void Trigger::press(const ModeSettings& settings, std::int64_t barTicks, std::int64_t tick)
{
    const std::int64_t at = onGrid(tick, settings.grid, barTicks);
    if (settings.mode != Mode::latch) {
        start = at;
    } else if (running) {
        stop = stop == never ? at : never; // a second thought keeps it running
    } else {
        start = start == never ? at : never;
    }
}

void Trigger::jump(const ModeSettings& settings, std::int64_t barTicks, std::int64_t tick)
{
    if (start != never)
        start = onGrid(tick, settings.grid, barTicks);
    if (stop != never)
        stop = settings.mode == Mode::hold ? tick : onGrid(tick, settings.grid, barTicks);
}

} // namespace organum::player
