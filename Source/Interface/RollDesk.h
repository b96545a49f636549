#pragma once

// Joins the roll and its toolbar to the processor: the take that plays goes in, edits come out.

#include "Interface/PianoRoll.h"
#include "Interface/RollToolbar.h"
#include "Plugin/Processor.h"

namespace organum::editor
{

/** Message thread; all three must outlive it. */
class RollDesk
{
public:
    RollDesk(plugin::Processor& processorIn, PianoRoll& rollIn, RollToolbar& toolbarIn);

    /** Shows the take that plays, or `message` while there is none. */
    void showTake(const juce::String& message);
    /** What changes by itself: playhead, locks, the toolbar. */
    void refresh();

private:
    /** Asks for what the view needs, and says what there is to say about it. */
    juce::String explain();

    plugin::Processor& processor;
    PianoRoll& roll;
    RollToolbar& toolbar;
};

} // namespace organum::editor
