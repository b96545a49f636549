#pragma once

// What a hand can do to the notes of a take: pure functions that give the changed take. Each marks
// the notes it touched as edited.

#include "Plugin/Take.h"

#include <vector>

namespace organum::plugin
{

/** Places in Take::notes, ascending. */
using Selection = std::vector<std::size_t>;

/** A changed take, and where the notes that were meant are in it. */
struct NoteEdit
{
    Take take;
    Selection selection;
};

/** All by the same way; less of it where one of them would leave the take or MIDI's pitches. */
NoteEdit moved(const Take& take, const Selection& selection, std::int64_t ticks, int semitones);
/** Each longer by `ticks` (shorter if negative), but not shorter than `shortest` nor beyond the
    end of the take. */
NoteEdit lengthened(const Take& take, const Selection& selection, std::int64_t ticks,
                    std::int64_t shortest);
/** Each louder by `change`, within 1..127. */
NoteEdit louder(const Take& take, const Selection& selection, int change);
/** Without these notes; nothing is selected then. */
NoteEdit without(const Take& take, const Selection& selection);
/** With one more note, cut at the end of the take; unchanged when it begins beyond. */
NoteEdit withNote(const Take& take, TakeNote note);
/** These notes may be composed anew again. */
NoteEdit released(const Take& take, const Selection& selection);

/** Every note that was edited by hand. */
Selection editedPlaces(const Take& take);

} // namespace organum::plugin
