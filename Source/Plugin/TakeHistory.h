#pragma once

// The takes of one instance, oldest first, with the one that plays. Undo and redo step through it.

#include "Plugin/Take.h"

#include <mutex>
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

    /** Adds after the newest and plays it; the oldest goes when there are too many. */
    void add(TakePointer take)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        state.takes.push_back(std::move(take));
        if (state.takes.size() > capacity)
            state.takes.erase(state.takes.begin());
        state.current = static_cast<int>(state.takes.size()) - 1;
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
