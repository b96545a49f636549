#pragma once

// Undo and redo of everything that a hand changes: knobs, takes, locks, edits, deletions, stars,
// names, learned controllers. Each step is a memento of how all of it stood before. They are cheap,
// since takes are shared; what the mementos hold alone is bounded.
//
// Whoever changes something by hand calls, on the message thread and just before the change,
//
//     processor.undoStack().remember("Move notes");
//
// once a gesture: when a drag really begins, not with each of its movements. Changes that come one
// by one but belong together (arrow keys, a wheel) name a group; calls of the same group that
// follow each other within a second are one step:
//
//     processor.undoStack().remember("Move notes", "arrow keys");
//
// Something that calls others who remember, too, is one step within a UndoStack::Step. Knobs need
// no call: their gestures are heard. What there is to be kept and brought back besides belongs into
// Memento, Processor::memento() and Processor::restore().

#include "Plugin/Comparison.h"
#include "Plugin/MidiLearn.h"
#include "Plugin/TakeHistory.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace organum::plugin
{

/** How everything stands that undo brings back. A plain value. */
struct Memento
{
    TakeHistory::Snapshot takes;
    std::vector<float> knobs; ///< normalised, all parameters in their order
    std::string model;        ///< id of the chosen one: places in the list may move
    std::vector<int> lockedBars;
    Harmony harmony;
    Comparison comparison;
    /** Only of steps that learned or forgot: what is learned comes later than its step. */
    std::optional<std::vector<MidiMapping>> learned;

    bool operator==(const Memento& other) const
    {
        return takes == other.takes && knobs == other.knobs && model == other.model &&
               lockedBars == other.lockedBars && harmony == other.harmony &&
               comparison == other.comparison && learned == other.learned;
    }
};

/** Thread-safe; never used on the audio thread. */
class UndoStack
{
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::size_t mostSteps = 100;
    /** In all takes that mementos hold, 64 MB: the oldest steps go first. */
    static constexpr std::size_t mostNotes = 2000000;
    static constexpr std::chrono::milliseconds groupPause{1000};

    /** `now` says how everything stands. */
    explicit UndoStack(std::function<Memento()> nowIn)
        : now(std::move(nowIn))
    {
    }

    /** To be called before a change; see above. `label` names the change, e.g. "Move notes". What
        was undone cannot be redone any more. */
    void remember(const std::string& label, const std::string& group = {});
    /** The same before controllers are learned or forgotten. */
    void rememberLearned(const std::string& label);
    /** The group is not over yet, however long the last call is ago: a drag goes on. */
    void prolong(const std::string& group);

    /** While one lives, what happens is one step. Message thread. */
    class Step
    {
    public:
        Step(UndoStack& stackIn, const std::string& label)
            : stack(stackIn)
        {
            stack.remember(label);
            ++stack.nested;
        }
        ~Step() { --stack.nested; }
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;

    private:
        UndoStack& stack;
    };

    /** How things stood before the last step, which can be redone after; nothing when there is no
        step left. Steps that changed nothing, `same(memento)`, are passed over. */
    std::optional<Memento> back(const std::function<bool(const Memento&)>& same);
    std::optional<Memento> forth(const std::function<bool(const Memento&)>& same);

    /** Of the step that undo would take back or redo would take again; empty when there is none. */
    std::string undoLabel() const;
    std::string redoLabel() const;

    /** Other music altogether: a project was opened. */
    void clear();

private:
    struct Entry
    {
        std::string label;
        Memento memento;
    };
    std::optional<Memento> move(std::vector<Entry>& from, std::vector<Entry>& to,
                                const std::function<bool(const Memento&)>& same);
    void shorten();
    void add(const std::string& label, Memento memento);

    const std::function<Memento()> now;
    mutable std::mutex mutex;
    std::vector<Entry> done;   ///< oldest first
    std::vector<Entry> undone; ///< the next to redo last
    std::string lastGroup;
    Clock::time_point lastTime;
    std::atomic<int> nested{0};
};

} // namespace organum::plugin
