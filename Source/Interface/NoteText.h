#pragma once

// Notes in words, for screen readers and hints.

#include "Plugin/NoteEdits.h"

#include <juce_core/juce_core.h>

namespace organum::editor
{

/** "F#4". */
juce::String pitchText(int pitch);
/** "23 %", "0.4 %". */
juce::String percentText(float chance);
/** "bar 3, beat 2.5". */
juce::String placeText(const plugin::Take& take, std::int64_t tick);
/** "F#4, bar 3, beat 2.5, 1/8, velocity 88, Alto, edited". */
juce::String noteText(const plugin::Take& take, const plugin::TakeNote& note);
/** One note in full, several as a number and a span, none as "No note selected". */
juce::String selectionText(const plugin::Take& take, const plugin::Selection& selection);

} // namespace organum::editor
