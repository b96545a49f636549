#pragma once

// The look of what JUCE opens by itself, e.g. questions and its own dialog for files: they ask for
// the default look, not for that of the window they belong to.

#include "Interface/Theme.h"

namespace organum::editor
{

/** One for all windows of the process, while there is one: held as a
    juce::SharedResourcePointer<DialogTheme>. Message thread. */
class DialogTheme
{
public:
    DialogTheme()
    {
        juce::LookAndFeel::setDefaultLookAndFeel(&theme);
        juce::Typeface::clearTypefaceCache(); // it may hold the fonts of the look from before
    }
    ~DialogTheme() { juce::LookAndFeel::setDefaultLookAndFeel(nullptr); }
    DialogTheme(const DialogTheme&) = delete;
    DialogTheme& operator=(const DialogTheme&) = delete;

    /** After a change of setLight(). */
    void renew() { theme.takeColours(); }

private:
    Theme theme;
};

} // namespace organum::editor
