#pragma once

// The typeface of all pictures, compiled in: text looks and measures the same on every machine.

#include <juce_graphics/juce_graphics.h>

namespace organum::picture
{

/** Inter in pixels of ascent plus descent. Any thread. */
juce::Font textFont(float height);
juce::Font boldFont(float height);

/** A picture's heading, and the line below it. */
juce::Font titleFont();
juce::Font subtitleFont();

/** Width of one line in pixels. */
float textWidth(const juce::Font& font, const juce::String& text);

/** `text`, or its beginning with an ellipsis, so that it fits into `width` pixels. */
juce::String fittedText(const juce::Font& font, const juce::String& text, float width);

} // namespace organum::picture
