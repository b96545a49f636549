#pragma once

// What cannot be taken back is asked first.

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace organum::editor
{

/** Asks with a title, a sentence and the button that agrees, and does the action then. */
using Confirm =
    std::function<void(const juce::String& title, const juce::String& text,
                       const juce::String& button, const std::function<void()>& action)>;

/** Asks in a box over the window of `owner`; an answer after the owner's end does nothing. */
Confirm confirmOver(juce::Component& owner);

} // namespace organum::editor
