#include "Live/ClockFollower.h"

namespace organum::live
{

namespace
{

constexpr double slowest = 0.25; ///< seconds between ticks at 10 quarters a minute
constexpr double fastest = 60.0 / (400.0 * 4.0) / ticksPerQuarter;
/** After so many ticks well off the line the tempo has changed, and the old ones say nothing. */
constexpr int changed = 4;
constexpr int keptAfterChange = 6;
/** Seconds: audio servers deliver by periods of up to 1024 samples, all ticks of one at once. */
constexpr double blockJitter = 0.025;

} // namespace

void ClockFollower::receive(const Message& message)
{
    switch (message.status()) {
    case clockTick:
        tick(message.due);
        break;
    case clockStart:
        start(0.0);
        break;
    case clockContinue:
        start(state == State::stopped ? startQuarter : at(message.due).quarter);
        break;
    case clockStop:
        if (state == State::running)
            startQuarter += quarterOfTick(ticksSinceStart + 1); // where the next tick goes on
        state = State::stopped;
        break;
    case songPosition:
        if (message.size != 3)
            break;
        if (state == State::stopped) {
            startQuarter = quarterOfSongPosition(message);
            ++revision;
        } else {
            start(quarterOfSongPosition(message));
        }
        break;
    default:
        break;
    }
}

void ClockFollower::start(double quarter)
{
    state = State::armed;
    startQuarter = quarter;
    ticksSinceStart = 0;
    ++revision;
}

double ClockFollower::tickTime(int ago) const
{
    return times[static_cast<std::size_t>((newest - ago + window) % window)];
}

double ClockFollower::patience() const
{
    return std::max(0.3, 4.0 / line.ticksPerSecond);
}

void ClockFollower::tick(double seconds)
{
    if (state == State::armed) {
        state = State::running;
        ticksSinceStart = 0;
    } else if (state == State::running) {
        ++ticksSinceStart;
    }

    if (count > 0 && (seconds < tickTime(0) || seconds - tickTime(0) > 4.0 * slowest))
        count = 0;
    if (count > 2) {
        const double expected = tickTime(0) + (1.0 - line.tickAtNewest) / line.ticksPerSecond;
        const double off = seconds - expected;
        if (std::abs(off) < std::max(0.5 / line.ticksPerSecond, blockJitter))
            outliers = 0;
        else
            outliers = (off > 0.0) == (outliers > 0) ? outliers + (off > 0.0 ? 1 : -1)
                                                     : (off > 0.0 ? 1 : -1);
    }
    newest = (newest + 1) % window;
    times[static_cast<std::size_t>(newest)] = seconds;
    count = std::min(count + 1, window);
    if (std::abs(outliers) >= changed) {
        count = std::min(count, keptAfterChange);
        outliers = 0;
    }
    fit();
}

void ClockFollower::fit()
{
    line.tickAtNewest = 0.0;
    if (count < 2)
        return;
    // Times relative to the newest, ticks counted backwards from it, so that nothing is rounded
    // off.
    double sumT = 0.0;
    double sumK = 0.0;
    for (int ago = 0; ago < count; ++ago) {
        sumT += tickTime(ago) - tickTime(0);
        sumK -= ago;
    }
    const double meanT = sumT / count;
    const double meanK = sumK / count;
    double kk = 0.0;
    double kt = 0.0;
    for (int ago = 0; ago < count; ++ago) {
        kk += (-ago - meanK) * (-ago - meanK);
        kt += (-ago - meanK) * (tickTime(ago) - tickTime(0) - meanT);
    }
    // Times are what jitters: they are fitted as a function of the tick's number.
    const double period = std::clamp(kt / kk, fastest, slowest);
    line.ticksPerSecond = 1.0 / period;
    // A tempo out of range does not lie on the line: then the ticks themselves are the place.
    line.tickAtNewest = period == kt / kk ? meanK - meanT / period : 0.0;
}

ClockPosition ClockFollower::at(double seconds) const
{
    ClockPosition position;
    position.start = startQuarter;
    position.quarter = startQuarter;
    position.beatsPerMinute = line.ticksPerSecond * 60.0 / ticksPerQuarter;
    position.revision = revision;
    if (state != State::running || count == 0)
        return position;
    const double waited = seconds - tickTime(0);
    position.playing = waited <= patience();
    const double beyond = line.tickAtNewest + std::min(waited, patience()) * line.ticksPerSecond;
    const double ticks = static_cast<double>(ticksSinceStart) + beyond;
    position.quarter = startQuarter + std::max(0.0, ticks) / ticksPerQuarter;
    return position;
}

} // namespace organum::live
