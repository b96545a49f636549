#include "Plugin/TakeHistory.h"

#include <algorithm>

namespace organum::plugin
{

void TakeHistory::shorten(Snapshot& snapshot, bool keepsPlaying)
{
    while (snapshot.takes.size() >= capacity) {
        const int kept = keepsPlaying ? snapshot.current : -1;
        int place = 0;
        const auto mayGo = [&](int each, bool starred) {
            return each != kept &&
                   (starred || !snapshot.takes[static_cast<std::size_t>(each)]->starred);
        };
        const int count = static_cast<int>(snapshot.takes.size());
        while (place < count && !mayGo(place, false))
            ++place;
        if (place == count)
            place = mayGo(0, true) ? 0 : 1;
        snapshot.takes.erase(snapshot.takes.begin() + place);
        snapshot.numbers.erase(snapshot.numbers.begin() + place);
        if (place <= snapshot.current)
            snapshot.current = std::max(0, snapshot.current - 1);
    }
}

void TakeHistory::append(Snapshot& snapshot, TakePointer take)
{
    shorten(snapshot, false);
    snapshot.takes.push_back(std::move(take));
    snapshot.numbers.push_back(++snapshot.given);
    snapshot.current = static_cast<int>(snapshot.takes.size()) - 1;
}

void TakeHistory::add(TakePointer take)
{
    const std::lock_guard<std::mutex> lock(mutex);
    append(state, std::move(take));
}

void TakeHistory::addInPlaceOf(const TakePointer& before, TakePointer take)
{
    const std::lock_guard<std::mutex> lock(mutex);
    if (before != nullptr && !state.takes.empty() && state.takes.back() == before &&
        state.playing() == before) {
        state.takes.back() = std::move(take);
        state.numbers.back() = ++state.given;
        return;
    }
    append(state, std::move(take));
}

bool TakeHistory::star(std::size_t place, bool on)
{
    const std::lock_guard<std::mutex> lock(mutex);
    if (place >= state.takes.size())
        return false;
    Take changed = *state.takes[place];
    changed.starred = on;
    state.takes[place] = std::make_shared<const Take>(std::move(changed));
    return true;
}

bool TakeHistory::change(const TakePointer& before, TakePointer after)
{
    const std::lock_guard<std::mutex> lock(mutex);
    const auto found = std::find(state.takes.begin(), state.takes.end(), before);
    if (found == state.takes.end())
        return false;
    *found = std::move(after);
    return true;
}

bool TakeHistory::remove(std::size_t place)
{
    const std::lock_guard<std::mutex> lock(mutex);
    if (place >= state.takes.size() || state.takes.size() == 1)
        return false;
    const auto offset = static_cast<std::ptrdiff_t>(place);
    state.takes.erase(state.takes.begin() + offset);
    state.numbers.erase(state.numbers.begin() + offset);
    if (static_cast<int>(place) < state.current)
        --state.current;
    state.current = std::min(state.current, static_cast<int>(state.takes.size()) - 1);
    return true;
}

bool TakeHistory::select(int place)
{
    const std::lock_guard<std::mutex> lock(mutex);
    if (place < 0 || place >= static_cast<int>(state.takes.size()))
        return false;
    state.current = place;
    return true;
}

bool TakeHistory::step(int by)
{
    const std::lock_guard<std::mutex> lock(mutex);
    const int wanted = state.current + by;
    if (wanted < 0 || wanted >= static_cast<int>(state.takes.size()))
        return false;
    state.current = wanted;
    return true;
}

void TakeHistory::replace(Snapshot other)
{
    const std::lock_guard<std::mutex> lock(mutex);
    other.given = state.given;
    other.numbers.clear();
    for (std::size_t i = 0; i < other.takes.size(); ++i)
        other.numbers.push_back(++other.given);
    state = std::move(other);
}

TakeHistory::Snapshot TakeHistory::merged(const Snapshot& then, const Snapshot& now)
{
    Snapshot result = then;
    result.given = now.given;
    const std::uint64_t playingNow =
        now.current < 0 ? 0 : now.numbers[static_cast<std::size_t>(now.current)];
    for (std::size_t i = 0; i < now.takes.size(); ++i) {
        if (now.numbers[i] <= then.given)
            continue;
        shorten(result, true);
        result.takes.push_back(now.takes[i]);
        result.numbers.push_back(now.numbers[i]);
    }
    if (then.current < 0) {
        const auto found = std::find(result.numbers.begin(), result.numbers.end(), playingNow);
        if (found != result.numbers.end())
            result.current = static_cast<int>(found - result.numbers.begin());
    }
    return result;
}

void TakeHistory::restore(const Snapshot& then)
{
    const std::lock_guard<std::mutex> lock(mutex);
    state = merged(then, state);
}

TakeHistory::Snapshot TakeHistory::restored(const Snapshot& then) const
{
    const std::lock_guard<std::mutex> lock(mutex);
    return merged(then, state);
}

} // namespace organum::plugin
