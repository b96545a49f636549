#pragma once

// The keyboard on the roll: everything that the mouse can do to notes.

#include "Interface/NoteHand.h"

#include <juce_gui_basics/juce_gui_basics.h>

namespace organum::editor
{

/** True when the key means something here. Arrows move (Shift: by octaves, or make longer and
    shorter; Ctrl: louder and softer, or from note to note); full stop and comma go to the next and
    the previous note (Shift adds it); Delete, Insert, Ctrl+A, Ctrl+C, Escape; U unlocks. */
bool useKey(NoteHand& hand, const juce::KeyPress& key);

} // namespace organum::editor
