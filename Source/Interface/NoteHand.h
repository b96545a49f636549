#pragma once

// What the musician does to notes, apart from mouse and keys: which are selected, what a gesture
// would make of them, and the one change it becomes when it ends.

#include "Interface/NoteGrid.h"
#include "Plugin/NoteEdits.h"

#include <functional>
#include <optional>
#include <string>

namespace organum::editor
{

/** What an edit is called where it can be undone. Edits of one group that follow each other quickly
    are one step; an empty group: a step by itself. */
struct EditName
{
    std::string label; ///< e.g. "Move notes"
    std::string group;
};

/** Message thread. */
class NoteHand
{
public:
    /** Takes the change and gives the take that plays now; null when it cannot be done, e.g. since
        other music plays by now. */
    std::function<plugin::TakePointer(const plugin::TakePointer& before,
                                      const plugin::Take& changed, const EditName& name)>
        onEdit;
    /** Selection or notes look different. */
    std::function<void()> onChange;

    /** Other music ends a gesture; notes that are still there stay selected. */
    void setTake(plugin::TakePointer takeIn);
    /** As it looks now, a gesture's result included; null without a take. */
    const plugin::Take* take() const { return draft ? &draft->take : base.get(); }
    const plugin::TakePointer& original() const { return base; }
    const plugin::Selection& selection() const { return draft ? draft->selection : selected; }
    bool isSelected(std::size_t note) const;
    bool isInGesture() const { return inGesture; }

    const NoteGrid& grid() const { return noteGrids[gridPlace]; }
    std::size_t gridIndex() const { return gridPlace; }
    void setGrid(std::size_t place) { gridPlace = place < noteGrids.size() ? place : gridPlace; }

    void select(plugin::Selection wanted);
    void toggle(std::size_t note);
    void selectAll();
    /** The note after the last selected one (by < 0: before the first); none selected: the first or
        the last of all. `adds` keeps what is selected. */
    void selectNext(int by, bool adds);

    // Each one change, as by a key: quick repetitions are one step. False when there is nothing to
    // do.
    bool move(std::int64_t ticks, int semitones);
    bool lengthen(std::int64_t ticks);
    bool makeLouder(int by);
    bool erase();
    bool add(const plugin::TakeNote& note);
    /** Of the selected notes, or of all when none is selected. */
    bool unlock();

    // A gesture: begin(), then any number of show(), then end() or cancel().
    void begin(const std::string& labelIn);
    void show(plugin::NoteEdit edit);
    void end();
    void cancel();
    /** The selection before the gesture, for its steps start from there. */
    const plugin::Selection& startSelection() const { return selected; }

    /** The voice to which a new note belongs best: that of the nearest note. */
    int voiceFor(std::int64_t tick, int pitch) const;

private:
    bool commit(plugin::NoteEdit edit, const EditName& name);
    void changed() const;

    plugin::TakePointer base;
    plugin::Selection selected;
    std::optional<plugin::NoteEdit> draft; ///< what the gesture makes
    bool inGesture = false;
    std::string label; ///< of the gesture
    std::size_t gridPlace = sixteenthGrid;
};

} // namespace organum::editor
