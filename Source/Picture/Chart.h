#pragma once

// The sheet that every diagram is drawn on: title, subtitle, axis titles, frame, marks, legend.
// Measures are in points; an image has `sharpness` pixels to the point.

#include "Picture/Axis.h"

#include <juce_graphics/juce_graphics.h>

#include <string>
#include <vector>

namespace organum::picture
{

/** What every diagram may say about itself; empty texts take no room. */
struct ChartText
{
    std::string title;
    std::string subtitle;
    std::string xTitle;
    std::string yTitle;
};

struct LegendEntry
{
    std::string name;
    juce::Colour colour;
    bool dashed = false;
};

constexpr float sharpness = 2.0f;

class Chart
{
public:
    /** An empty white sheet. Throws std::invalid_argument when it would be larger than 64
        million pixels. */
    Chart(float widthIn, float heightIn);

    juce::Graphics& graphics() { return context; }
    juce::Image image() const { return sheet; }
    juce::Rectangle<float> plot() const { return plotArea; }

    /** Draws title and subtitle and leaves room for axis titles, `leftLabels` and `bottomLabels`
        points of mark labels and `right` points at the right edge. Sets plot(). */
    void layOut(const ChartText& text, float leftLabels, float bottomLabels, float right = 0);

    /** Moves the plot's top down to make room for drawLegendAbove(). */
    void reserveLegend();
    void drawFrame();
    /** Grid line, tick and label for each mark. */
    void drawXMarks(const AxisRange& range, const std::vector<Mark>& marks, bool gridLines);
    void drawYMarks(const AxisRange& range, const std::vector<Mark>& marks, bool gridLines);
    /** Names with swatches in one row above the plot; what does not fit is left out. */
    void drawLegendAbove(const std::vector<LegendEntry>& entries);
    /** A scale of colours along the right side of the plot, from low to high. */
    void drawColourScale(float low, float high, const std::string& title);

    void drawText(const juce::Font& font, juce::Colour colour, const juce::String& text,
                  juce::Rectangle<float> area, juce::Justification where);
    /** Reads from bottom to top; `where` is as seen by one who reads it. */
    void drawUpwards(const juce::Font& font, juce::Colour colour, const juce::String& text,
                     juce::Rectangle<float> area,
                     juce::Justification where = juce::Justification::centred);

    juce::Font labelFont() const;
    /** Width of the widest label in the marks' font. */
    float widest(const std::vector<Mark>& marks) const;

    static constexpr float legendHeight = 22.0f;

private:
    float width;
    float height;
    juce::Image sheet;
    juce::Graphics context;
    juce::Rectangle<float> plotArea;
};

juce::String utf8(const std::string& text);

} // namespace organum::picture
