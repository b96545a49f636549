#pragma once

// The roll for screen readers: what is shown and selected in words, a value that steps through the
// notes, and the actions of mouse and keys.

#include "Interface/NoteHand.h"

#include <juce_gui_basics/juce_gui_basics.h>

namespace organum::editor
{

/** `hand` must outlive the component; `showMenu` offers what can be done to the selected notes. */
std::unique_ptr<juce::AccessibilityHandler> makeRollAccess(juce::Component& roll, NoteHand& hand,
                                                           std::function<void()> showMenu);

/** Tells a screen reader that what is selected, or how it sounds, is different now. */
void announceSelection(juce::Component& roll);

} // namespace organum::editor
