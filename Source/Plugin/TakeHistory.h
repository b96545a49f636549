#pragma once

// The takes of one instance, oldest first, with the one that plays. Undo and redo step through it.

#include "Plugin/Take.h"

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

namespace organum::plugin
{

/** Thread-safe; never used on the audio thread. */
class TakeHistory
{
public:
    static constexpr std::size_t capacity = 16;

    struct Snapshot
    {
        std::vector<TakePointer> takes;
        int current = -1; ///< -1: no take
        TakePointer playing() const
        {
            return current < 0 ? nullptr : takes[static_cast<std::size_t>(current)];
        }
    };

    Snapshot snapshot() const
    {
        const std::lock_guard<std::mutex> lock(mutex);
        return state;
    }

    TakePointer playing() const { return snapshot().playing(); }

    /** Adds after the newest and plays it; when there are too many, the oldest without a star goes,
        or the oldest if all have one. */
    void add(TakePointer take)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        if (state.takes.size() == capacity) {
            const auto oldest = std::find_if(state.takes.begin(), state.takes.end(),
                                             [](const auto& each) { return !each->starred; });
            state.takes.erase(oldest != state.takes.end() ? oldest : state.takes.begin());
        }
        state.takes.push_back(std::move(take));
        state.current = static_cast<int>(state.takes.size()) - 1;
    }

    /** Gives a take a star or takes it away; false when there is no such take. */
    bool star(std::size_t place, bool on)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        if (place >= state.takes.size())
            return false;
        Take changed = *state.takes[place];
        changed.starred = on;
        state.takes[place] = std::make_shared<const Take>(std::move(changed));
        return true;
    }

    /** Plays `take` in place of `before` if that is the newest and plays; else as add(). For the
        steps of one long movement, which are one take. */
    void addInPlaceOf(const TakePointer& before, TakePointer take)
    {
        {
            const std::lock_guard<std::mutex> lock(mutex);
            if (before != nullptr && !state.takes.empty() && state.takes.back() == before &&
                state.playing() == before) {
                state.takes.back() = std::move(take);
                return;
            }
        }
        add(std::move(take));
    }

    /** Moves by -1 (undo) or 1 (redo); false at either end. */
    bool step(int by)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        const int wanted = state.current + by;
        if (wanted < 0 || wanted >= static_cast<int>(state.takes.size()))
            return false;
        state.current = wanted;
        return true;
    }

    void replace(Snapshot other)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        state = std::move(other);
    }

private:
    mutable std::mutex mutex;
    Snapshot state;
};

} // namespace organum::plugin
