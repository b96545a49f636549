#pragma once

// The takes of one instance, oldest first, with the one that plays. Each has a number by which undo
// knows it again after it was edited, named or starred; a take itself never changes.

#include "Plugin/Take.h"

#include <array>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace organum::plugin
{

/** Thread-safe; never used on the audio thread. */
class TakeHistory
{
public:
    static constexpr std::size_t capacity = 64;

    struct Snapshot
    {
        std::vector<TakePointer> takes;
        int current = -1;                 ///< -1: no take
        std::array<int, 2> marks{-1, -1}; ///< the takes marked A and B; -1: none
        /** By take: the number the history gave it; whoever makes a snapshot leaves them out. */
        std::vector<std::uint64_t> numbers;
        std::uint64_t given = 0; ///< how many numbers there have been

        TakePointer playing() const
        {
            return current < 0 ? nullptr : takes[static_cast<std::size_t>(current)];
        }
        bool operator==(const Snapshot& other) const
        {
            return takes == other.takes && current == other.current && marks == other.marks &&
                   numbers == other.numbers;
        }
    };

    Snapshot snapshot() const
    {
        const std::lock_guard<std::mutex> lock(mutex);
        return state;
    }

    TakePointer playing() const
    {
        const std::lock_guard<std::mutex> lock(mutex);
        return state.playing();
    }

    /** Adds after the newest and plays it; when there are too many, the oldest without a star goes,
        or the oldest if all have one. */
    void add(TakePointer take);

    /** Adds after the newest; what plays goes on, or else it plays itself. */
    void addSilently(TakePointer take);

    /** Plays `take` in place of `before` if that is the newest and plays; else as add(). For the
        steps of one long movement, which are one take. */
    void addInPlaceOf(const TakePointer& before, TakePointer take);

    /** Gives a take a star or takes it away; false when there is no such take. */
    bool star(std::size_t place, bool on);

    /** Puts `after` where `before` stands, as the same take edited; false when `before` is not
       there any more. */
    bool change(const TakePointer& before, TakePointer after);

    /** Takes one out; the next newer plays if it played, or the one before. False for the only take
        and where there is none. */
    bool remove(std::size_t place);

    /** Takes out all that have no star and do not play; false when there are none. */
    bool removeUnstarred();

    /** Marks a take A (0) or B (1), or takes that mark away where it stands already. */
    void mark(std::size_t place, std::size_t which);

    /** Null where there is none. */
    TakePointer takeAt(std::size_t place) const
    {
        const std::lock_guard<std::mutex> lock(mutex);
        return place < state.takes.size() ? state.takes[place] : nullptr;
    }

    /** The number of the take that plays, or of that at a place; 0: none. */
    std::uint64_t numberPlaying() const;
    std::uint64_t numberAt(int place) const;
    /** Where the take of that number stands, -1 when it is not there any more. */
    int placeOf(std::uint64_t number) const;

    /** Plays another take: false when there is none at that place. */
    bool select(int place);

    /** Moves by -1 or 1; false at either end. */
    bool step(int by);

    /** Other takes altogether: of a project. */
    void replace(Snapshot other);

    /** The takes as they stood `then`, and behind them those that have come since, so that undo
        loses none. Where nothing played then, what plays now goes on. */
    void restore(const Snapshot& then);
    /** What restore() would make of it. */
    Snapshot restored(const Snapshot& then) const;

private:
    static Snapshot merged(const Snapshot& then, const Snapshot& now);
    static void append(Snapshot& snapshot, TakePointer take, bool plays);
    static void erase(Snapshot& snapshot, int place);
    /** Makes room for one more. */
    static void shorten(Snapshot& snapshot, bool keepsPlaying);

    mutable std::mutex mutex;
    Snapshot state;
};

} // namespace organum::plugin
