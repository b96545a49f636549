#pragma once

// Finds the parameter that a control belongs to, for MIDI learn, and the menu that offers it.

#include "Plugin/Processor.h"

#include <juce_gui_basics/juce_gui_basics.h>

namespace organum::editor
{

/** Says which parameter a control moves, where its name does not say so. */
void belongsTo(juce::Component& control, const juce::RangedAudioParameter& parameter);

/** Place among the processor's parameters of what `control`, or what it lies in, moves: told by
    belongsTo() or by the control's name, which is the parameter's. -1 when there is none. */
int parameterOf(const juce::Component* control, const juce::AudioProcessor& processor);

/** What can be learned or forgotten for the parameter. */
juce::PopupMenu learningMenu(plugin::Processor& processor, int parameter);

/** One sentence while something is being learned; empty otherwise. */
juce::String learningHint(plugin::Processor& processor);

} // namespace organum::editor
