#include "Plugin/CallListener.h"

#include <algorithm>
#include <utility>

namespace organum::plugin
{

std::optional<Call> CallListener::collect(player::CallQueue& queue)
{
    queue.drain([this](const player::CallEvent& event) { take(event); });
    return std::exchange(finished, std::nullopt);
}

void CallListener::take(const player::CallEvent& event)
{
    using Kind = player::CallEvent::Kind;
    switch (event.kind) {
    case Kind::open:
        current = {event.call, 0, event.bars, event.barLength, {}};
        held.clear();
        break;
    case Kind::press:
        release(event.pitch, event.tick);
        if (current.notes.size() == mostNotes)
            return;
        held[event.pitch] = current.notes.size();
        current.notes.push_back({event.tick, 1, event.pitch, event.velocity, 0});
        break;
    case Kind::release:
        release(event.pitch, event.tick);
        break;
    case Kind::close:
        while (!held.empty())
            release(held.begin()->first, current.bars * current.barLength);
        current.answerStart = event.tick;
        finished = current.notes.empty() ? std::nullopt : std::make_optional(current);
        break;
    case Kind::discard:
        current = {};
        held.clear();
        finished.reset();
        break;
    }
}

void CallListener::release(int pitch, std::int64_t tick)
{
    const auto found = held.find(pitch);
    if (found == held.end())
        return;
    TakeNote& note = current.notes[found->second];
    note.duration = std::max<std::int64_t>(1, tick - note.onset);
    held.erase(found);
}

} // namespace organum::plugin
