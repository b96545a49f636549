#include "Picture/Chart.h"

#include "Picture/Colours.h"
#include "Picture/Fonts.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace organum::picture
{
namespace
{

constexpr float margin = 20.0f;
constexpr float tick = 4.0f;

juce::Image blankSheet(float width, float height)
{
    const auto pixelWidth = std::ceil(width * sharpness);
    const auto pixelHeight = std::ceil(height * sharpness);
    if (!(pixelWidth >= 1) || !(pixelHeight >= 1) || pixelWidth * pixelHeight > 64e6f)
        throw std::invalid_argument("A picture of " + std::to_string(width) + " x " +
                                    std::to_string(height) +
                                    " points cannot be drawn; show less of the music at once.");
    // Software images need no display, and are the same on every machine.
    return juce::Image(juce::Image::RGB, static_cast<int>(pixelWidth),
                       static_cast<int>(pixelHeight), true, juce::SoftwareImageType());
}

} // namespace

juce::String utf8(const std::string& text)
{
    return juce::String::fromUTF8(text.data(), static_cast<int>(text.size()));
}

Chart::Chart(float widthIn, float heightIn)
    : width(widthIn)
    , height(heightIn)
    , sheet(blankSheet(widthIn, heightIn))
    , context(sheet)
    , plotArea(0, 0, widthIn, heightIn)
{
    context.fillAll(colours::paper);
    context.addTransform(juce::AffineTransform::scale(sharpness));
}

juce::Font Chart::labelFont() const
{
    return textFont(13.0f);
}

float Chart::widest(const std::vector<Mark>& marks) const
{
    float most = 0;
    for (const auto& mark : marks)
        most = std::max(most, textWidth(labelFont(), utf8(mark.label)));
    return most;
}

void Chart::layOut(const ChartText& text, float leftLabels, float bottomLabels, float right)
{
    auto area = juce::Rectangle<float>(0, 0, width, height).reduced(margin);
    const auto left =
        (text.yTitle.empty() ? 0.0f : 22.0f) + leftLabels + (leftLabels > 0 ? tick + 5.0f : 0.0f);
    if (!text.title.empty()) {
        const auto font = titleFont();
        drawText(font, colours::ink, fittedText(font, utf8(text.title), area.getWidth()),
                 area.removeFromTop(26.0f), juce::Justification::centredLeft);
    }
    if (!text.subtitle.empty()) {
        const auto font = subtitleFont();
        drawText(font, colours::quietInk, fittedText(font, utf8(text.subtitle), area.getWidth()),
                 area.removeFromTop(20.0f), juce::Justification::centredLeft);
    }
    if (!text.title.empty() || !text.subtitle.empty())
        area.removeFromTop(12.0f);
    area.removeFromLeft(left);
    area.removeFromRight(right);
    const auto titleBelow = area.removeFromBottom(text.xTitle.empty() ? 0.0f : 20.0f);
    area.removeFromBottom(bottomLabels > 0 ? bottomLabels + tick + 3.0f : 0.0f);
    plotArea = area;
    const auto font = boldFont(14.0f);
    if (!text.xTitle.empty())
        drawText(font, colours::quietInk, utf8(text.xTitle), titleBelow,
                 juce::Justification::centredBottom);
    if (!text.yTitle.empty())
        drawUpwards(font, colours::quietInk, utf8(text.yTitle),
                    {margin, area.getY(), 18.0f, area.getHeight()});
}

void Chart::reserveLegend()
{
    plotArea.removeFromTop(legendHeight);
}

void Chart::drawFrame()
{
    context.setColour(colours::frame);
    context.drawRect(plotArea, 1.0f);
}

void Chart::drawXMarks(const AxisRange& range, const std::vector<Mark>& marks, bool gridLines)
{
    for (const auto& mark : marks) {
        const auto x = plotArea.getX() +
                       static_cast<float>(range.fractionOf(mark.value)) * plotArea.getWidth();
        context.setColour(colours::grid);
        if (gridLines)
            context.fillRect(x - 0.5f, plotArea.getY(), 1.0f, plotArea.getHeight());
        context.setColour(colours::frame);
        context.fillRect(x - 0.5f, plotArea.getBottom(), 1.0f, tick);
        drawText(labelFont(), colours::quietInk, utf8(mark.label),
                 {x - 100.0f, plotArea.getBottom() + tick + 2.0f, 200.0f, 15.0f},
                 juce::Justification::centredTop);
    }
}

void Chart::drawYMarks(const AxisRange& range, const std::vector<Mark>& marks, bool gridLines)
{
    for (const auto& mark : marks) {
        const auto y = plotArea.getBottom() -
                       static_cast<float>(range.fractionOf(mark.value)) * plotArea.getHeight();
        context.setColour(colours::grid);
        if (gridLines)
            context.fillRect(plotArea.getX(), y - 0.5f, plotArea.getWidth(), 1.0f);
        context.setColour(colours::frame);
        context.fillRect(plotArea.getX() - tick, y - 0.5f, tick, 1.0f);
        drawText(labelFont(), colours::quietInk, utf8(mark.label),
                 {plotArea.getX() - tick - 5.0f - 300.0f, y - 8.0f, 300.0f, 16.0f},
                 juce::Justification::centredRight);
    }
}

void Chart::drawLegendAbove(const std::vector<LegendEntry>& entries)
{
    auto x = plotArea.getX();
    const auto y = plotArea.getY() - legendHeight;
    for (const auto& entry : entries) {
        const auto name = utf8(entry.name);
        const auto nameWidth = textWidth(labelFont(), name);
        if (x + 22.0f + nameWidth > plotArea.getRight() && x > plotArea.getX())
            break;
        context.setColour(entry.colour);
        if (entry.dashed) {
            context.fillRect(x, y + 6.0f, 6.0f, 3.0f);
            context.fillRect(x + 10.0f, y + 6.0f, 6.0f, 3.0f);
        } else {
            context.fillRoundedRectangle(x, y + 4.0f, 16.0f, 7.0f, 2.0f);
        }
        drawText(labelFont(), colours::ink, name, {x + 21.0f, y, nameWidth + 4.0f, 15.0f},
                 juce::Justification::centredLeft);
        x += nameWidth + 42.0f;
    }
}

void Chart::drawColourScale(float low, float high, const std::string& title)
{
    const auto length = std::min(220.0f, plotArea.getHeight());
    const juce::Rectangle<float> bar(plotArea.getRight() + 18.0f, plotArea.getY(), 14.0f, length);
    const int steps = static_cast<int>(length * sharpness);
    for (int i = 0; i < steps; ++i) {
        const auto amount = static_cast<float>(i) / static_cast<float>(std::max(1, steps - 1));
        context.setColour(amountColour(1.0f - amount));
        context.fillRect(bar.getX(), bar.getY() + static_cast<float>(i) / sharpness, bar.getWidth(),
                         1.0f / sharpness);
    }
    context.setColour(colours::frame);
    context.drawRect(bar, 1.0f);
    const AxisRange range{low, high, false};
    for (const auto& mark : niceMarks(range, std::max(2, static_cast<int>(length / 45.0f)))) {
        const auto y =
            bar.getBottom() - static_cast<float>(range.fractionOf(mark.value)) * bar.getHeight();
        context.fillRect(bar.getRight(), y - 0.5f, 3.0f, 1.0f);
        drawText(labelFont(), colours::quietInk, utf8(mark.label),
                 {bar.getRight() + 6.0f, y - 8.0f, 60.0f, 16.0f}, juce::Justification::centredLeft);
        context.setColour(colours::frame);
    }
    drawText(labelFont(), colours::quietInk, utf8(title),
             {bar.getX(), bar.getBottom() + 6.0f, 90.0f, 16.0f}, juce::Justification::centredLeft);
}

void Chart::drawText(const juce::Font& font, juce::Colour colour, const juce::String& text,
                     juce::Rectangle<float> area, juce::Justification where)
{
    context.setFont(font);
    context.setColour(colour);
    context.drawText(text, area, where, false);
}

void Chart::drawUpwards(const juce::Font& font, juce::Colour colour, const juce::String& text,
                        juce::Rectangle<float> area, juce::Justification where)
{
    const juce::Graphics::ScopedSaveState saved(context);
    const auto centre = area.getCentre();
    context.addTransform(
        juce::AffineTransform::rotation(-juce::MathConstants<float>::halfPi, centre.x, centre.y));
    const juce::Rectangle<float> turned(area.getHeight(), area.getWidth());
    drawText(font, colour, text, turned.withCentre(centre), where);
}

} // namespace organum::picture
