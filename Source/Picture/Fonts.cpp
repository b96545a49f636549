#include "Picture/Fonts.h"

#include <cstddef>

namespace organum::picture
{

extern const unsigned char interRegular[];
extern const std::size_t interRegularSize;
extern const unsigned char interSemiBold[];
extern const std::size_t interSemiBoldSize;

namespace
{

juce::Font fontOf(const juce::Typeface::Ptr& typeface, float height)
{
#if JUCE_MAJOR_VERSION >= 8
    return juce::Font(juce::FontOptions(typeface).withHeight(height));
#else
    return juce::Font(typeface).withHeight(height);
#endif
}

} // namespace

juce::Font textFont(float height)
{
    static const auto typeface =
        juce::Typeface::createSystemTypefaceFor(interRegular, interRegularSize);
    return fontOf(typeface, height);
}

juce::Font boldFont(float height)
{
    static const auto typeface =
        juce::Typeface::createSystemTypefaceFor(interSemiBold, interSemiBoldSize);
    return fontOf(typeface, height);
}

juce::Font titleFont()
{
    return boldFont(21.0f);
}

juce::Font subtitleFont()
{
    return textFont(14.5f);
}

float textWidth(const juce::Font& font, const juce::String& text)
{
#if JUCE_MAJOR_VERSION >= 8
    return juce::GlyphArrangement::getStringWidth(font, text);
#else
    return font.getStringWidthFloat(text);
#endif
}

juce::String fittedText(const juce::Font& font, const juce::String& text, float width)
{
    if (textWidth(font, text) <= width)
        return text;
    const auto ellipsis = juce::String::charToString(0x2026);
    for (int length = text.length() - 1; length > 0; --length) {
        auto shorter = text.substring(0, length).trimEnd() + ellipsis;
        if (textWidth(font, shorter) <= width)
            return shorter;
    }
    return {};
}

} // namespace organum::picture
