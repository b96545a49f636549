#pragma once

// The colours of all pictures. Parts differ for colour-blind eyes too (Okabe and Ito 2008);
// amounts run from white to navy with evenly falling lightness, so they survive grey printing.

#include <juce_graphics/juce_graphics.h>

namespace organum::picture
{

namespace colours
{
const juce::Colour paper{0xFFFFFFFF};
const juce::Colour ink{0xFF1B2330};
const juce::Colour quietInk{0xFF5B6575};
const juce::Colour frame{0xFFB4BCC8};
const juce::Colour grid{0xFFE3E7ED};
const juce::Colour faintGrid{0xFFF0F2F6};
const juce::Colour highlight{0xFFD55E00};
} // namespace colours

/** Colour of the n-th part or series; repeats after seven. */
juce::Colour seriesColour(int index);

/** 0 = white ... 1 = navy; values outside are clipped, NaN is grey. */
juce::Colour amountColour(float amount);

} // namespace organum::picture
