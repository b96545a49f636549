#pragma once

// The knobs of one kind of model, between the roll and the take's buttons.

#include <juce_gui_basics/juce_gui_basics.h>

namespace organum::editor
{

class Panel : public juce::Component
{
public:
    virtual int preferredHeight() const = 0;
    /** Another idea by chance, whatever that is for this kind of model. */
    virtual void throwDice() = 0;
};

} // namespace organum::editor
