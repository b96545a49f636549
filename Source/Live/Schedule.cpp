#include "Live/Schedule.h"

#include "Score/Elements.h"

#include <algorithm>
#include <map>
#include <utility>

namespace organum::live
{

TempoMap::TempoMap(const std::vector<score::TempoChange>& changes, double factor)
{
    stretches.push_back({0.0, 0.0, 0.5 / factor});
    for (const auto& change : changes) {
        const double quarter = std::max(0.0, change.at.toDouble());
        const double seconds = secondsAt(quarter);
        const double secondsPerQuarter = change.microsecondsPerQuarter / 1.0e6 / factor;
        if (quarter <= stretches.back().quarter)
            stretches.back() = {quarter, seconds, secondsPerQuarter};
        else
            stretches.push_back({quarter, seconds, secondsPerQuarter});
    }
}

const TempoMap::Stretch& TempoMap::stretchAt(double quarter) const
{
    const auto after =
        std::upper_bound(stretches.begin(), stretches.end(), quarter,
                         [](double place, const Stretch& one) { return place < one.quarter; });
    return after == stretches.begin() ? *after : *std::prev(after);
}

double TempoMap::secondsAt(double quarter) const
{
    const auto& stretch = stretchAt(quarter);
    return stretch.seconds + (quarter - stretch.quarter) * stretch.secondsPerQuarter;
}

double TempoMap::beatsPerMinuteAt(double quarter) const
{
    return 60.0 / stretchAt(quarter).secondsPerQuarter;
}

std::vector<ScheduledMessage> scheduleOf(const score::Score& score)
{
    struct Sounding
    {
        score::Quarters begin, end;
        int velocity = 0;
    };
    std::map<std::pair<int, int>, std::vector<Sounding>> keys; // channel and pitch
    for (const auto& part : score.parts)
        for (const auto& note : part.notes)
            keys[{part.channel, note.pitch}].push_back({note.onset, note.end(), note.velocity});

    std::vector<ScheduledMessage> schedule;
    for (auto& [key, notes] : keys) {
        const auto [channel, pitch] = key;
        std::stable_sort(notes.begin(), notes.end(), [](const Sounding& a, const Sounding& b) {
            return a.begin != b.begin ? a.begin < b.begin : b.end < a.end;
        });
        const Sounding* last = nullptr;
        const auto add = [&, c = channel, p = pitch](score::Quarters at, bool isOn, int velocity) {
            schedule.push_back(
                {at.toDouble(),
                 shortMessage(0.0, static_cast<std::uint8_t>((isOn ? 0x90 : 0x80) + c), 3,
                              static_cast<std::uint8_t>(p), static_cast<std::uint8_t>(velocity))});
        };
        for (const auto& note : notes) {
            if (last != nullptr && note.begin == last->begin)
                continue; // the longest of those that begin together
            if (last != nullptr)
                add(std::min(last->end, note.begin), false, 0);
            add(note.begin, true, note.velocity);
            last = &note;
        }
        add(last->end, false, 0);
    }
    std::stable_sort(schedule.begin(), schedule.end(), [](const auto& a, const auto& b) {
        if (a.quarter != b.quarter)
            return a.quarter < b.quarter;
        return a.message.isNoteOff() && b.message.isNoteOn();
    });
    return schedule;
}

std::vector<Message> programChanges(const score::Score& score)
{
    std::map<int, int> programs;
    for (const auto& part : score.parts)
        programs.emplace(part.channel, part.program);
    std::vector<Message> messages;
    for (const auto& [channel, program] : programs)
        messages.push_back(shortMessage(0.0, static_cast<std::uint8_t>(0xc0 + channel), 2,
                                        static_cast<std::uint8_t>(program)));
    return messages;
}

double loopLength(const score::Score& score)
{
    const score::BarGrid bars(score.metres);
    const auto end = score.end();
    const auto last = bars.at(end);
    if (last.offset == score::Quarters(0))
        return end.toDouble();
    return bars.barStart(last.bar + 1).toDouble();
}

} // namespace organum::live
