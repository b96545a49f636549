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
        erase(snapshot, place);
    }
}

void TakeHistory::erase(Snapshot& snapshot, int place)
{
    snapshot.takes.erase(snapshot.takes.begin() + place);
    snapshot.numbers.erase(snapshot.numbers.begin() + place);
    if (place < snapshot.current)
        --snapshot.current;
    snapshot.current = std::min(snapshot.current, static_cast<int>(snapshot.takes.size()) - 1);
    for (int& mark : snapshot.marks)
        mark = mark == place ? -1 : mark > place ? mark - 1 : mark;
}

void TakeHistory::append(Snapshot& snapshot, TakePointer take, bool plays)
{
    shorten(snapshot, !plays);
    snapshot.takes.push_back(std::move(take));
    snapshot.numbers.push_back(++snapshot.given);
    if (plays || snapshot.current < 0)
        snapshot.current = static_cast<int>(snapshot.takes.size()) - 1;
}

void TakeHistory::add(TakePointer take)
{
    const std::lock_guard<std::mutex> lock(mutex);
    append(state, std::move(take), true);
}

void TakeHistory::addSilently(TakePointer take)
{
    const std::lock_guard<std::mutex> lock(mutex);
    append(state, std::move(take), false);
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
    append(state, std::move(take), true);
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
    erase(state, static_cast<int>(place));
    return true;
}

bool TakeHistory::removeUnstarred()
{
    const std::lock_guard<std::mutex> lock(mutex);
    const std::size_t before = state.takes.size();
    for (int place = static_cast<int>(before) - 1; place >= 0; --place)
        if (place != state.current && !state.takes[static_cast<std::size_t>(place)]->starred)
            erase(state, place);
    return state.takes.size() < before;
}

void TakeHistory::mark(std::size_t place, std::size_t which)
{
    const std::lock_guard<std::mutex> lock(mutex);
    if (place >= state.takes.size() || which >= state.marks.size())
        return;
    int& mark = state.marks[which];
    mark = mark == static_cast<int>(place) ? -1 : static_cast<int>(place);
}

std::uint64_t TakeHistory::numberPlaying() const
{
    const std::lock_guard<std::mutex> lock(mutex);
    return state.current < 0 ? 0 : state.numbers[static_cast<std::size_t>(state.current)];
}

std::uint64_t TakeHistory::numberAt(int place) const
{
    const std::lock_guard<std::mutex> lock(mutex);
    return place < 0 || place >= static_cast<int>(state.numbers.size())
               ? 0
               : state.numbers[static_cast<std::size_t>(place)];
}

int TakeHistory::placeOf(std::uint64_t number) const
{
    const std::lock_guard<std::mutex> lock(mutex);
    const auto found = std::find(state.numbers.begin(), state.numbers.end(), number);
    return found == state.numbers.end() ? -1 : static_cast<int>(found - state.numbers.begin());
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
