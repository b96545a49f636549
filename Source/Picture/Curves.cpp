#include "Picture/Curves.h"

#include "Picture/Colours.h"
#include "Picture/Fonts.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace organum::picture
{
namespace
{

struct Extent
{
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void include(double value)
    {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    bool isEmpty() const { return low > high; }
};

bool isDrawn(const std::pair<double, double>& point, bool logarithmic)
{
    return std::isfinite(point.first) && std::isfinite(point.second) &&
           (!logarithmic || point.second > 0);
}

class CurvePainter
{
public:
    CurvePainter(const std::vector<Series>& seriesIn, const CurveOptions& optionsIn)
        : series(seriesIn)
        , options(optionsIn)
        , chart(options.width, options.height)
    {
        findRanges();
    }

    juce::Image paint()
    {
        const auto yMarks = niceMarks(yRange, static_cast<int>(options.height / 70.0f));
        const auto xMarks = niceMarks(xRange, static_cast<int>(options.width / 90.0f), options.x);
        auto text = options.text;
        chart.layOut(text, chart.widest(yMarks), 15.0f, 12.0f);
        chart.reserveLegend();
        chart.drawXMarks(xRange, xMarks, true);
        chart.drawYMarks(yRange, yMarks, true);
        chart.drawFrame();
        for (const auto& milestone : options.milestones)
            drawMilestone(milestone);
        std::vector<LegendEntry> legend;
        for (std::size_t i = 0; i < series.size(); ++i) {
            const auto colour = seriesColour(static_cast<int>(i));
            drawSeries(series[i], colour);
            legend.push_back({series[i].name, colour, series[i].dashed});
        }
        chart.drawLegendAbove(legend);
        return chart.image();
    }

private:
    void findRanges()
    {
        Extent x;
        Extent y;
        for (const auto& one : series)
            for (const auto& point : one.points)
                if (isDrawn(point, options.logarithmic)) {
                    x.include(point.first);
                    y.include(point.second);
                }
        if (x.isEmpty()) {
            x = {0, 1};
            y = options.logarithmic ? Extent{0.1, 1} : Extent{0, 1};
        }
        xRange =
            x.high > x.low ? AxisRange{x.low, x.high, false} : niceRange(x.low, x.low, false, 5);
        yRange = niceRange(y.low, y.high, options.logarithmic, 6);
    }

    juce::Point<float> place(const std::pair<double, double>& point) const
    {
        const auto plot = chart.plot();
        return {plot.getX() + static_cast<float>(xRange.fractionOf(point.first)) * plot.getWidth(),
                plot.getBottom() -
                    static_cast<float>(yRange.fractionOf(point.second)) * plot.getHeight()};
    }

    void drawSeries(const Series& one, juce::Colour colour)
    {
        juce::Path path;
        bool penDown = false;
        for (const auto& point : one.points) {
            if (!isDrawn(point, options.logarithmic)) {
                penDown = false;
                continue;
            }
            if (penDown)
                path.lineTo(place(point));
            else
                path.startNewSubPath(place(point));
            penDown = true;
        }
        auto& graphics = chart.graphics();
        graphics.setColour(colour);
        const juce::PathStrokeType stroke(2.0f, juce::PathStrokeType::curved,
                                          juce::PathStrokeType::rounded);
        if (one.dashed) {
            const float dashes[] = {7.0f, 5.0f};
            juce::Path dashed;
            stroke.createDashedStroke(dashed, path, dashes, 2);
            graphics.fillPath(dashed);
        } else {
            graphics.strokePath(path, stroke);
        }
        if (one.points.size() <= 40)
            for (const auto& point : one.points)
                if (isDrawn(point, options.logarithmic))
                    graphics.fillEllipse(
                        juce::Rectangle<float>(6.0f, 6.0f).withCentre(place(point)));
    }

    void drawMilestone(const Milestone& milestone)
    {
        if (milestone.x < xRange.low || milestone.x > xRange.high)
            return;
        const auto plot = chart.plot();
        const auto x = place({milestone.x, yRange.low}).x;
        chart.graphics().setColour(colours::quietInk);
        const int dashes = static_cast<int>(std::ceil(plot.getHeight() / 8.0f));
        for (int dash = 0; dash < dashes; ++dash)
            chart.graphics().fillRect(x - 0.5f, plot.getY() + 8.0f * static_cast<float>(dash), 1.0f,
                                      4.0f);
        const auto label = utf8(milestone.label);
        const auto labelWidth = textWidth(chart.labelFont(), label) + 10.0f;
        const bool leftwards = x + labelWidth > plot.getRight();
        chart.drawText(chart.labelFont(), colours::quietInk, label,
                       {leftwards ? x - labelWidth : x, plot.getY() + 4.0f, labelWidth, 16.0f},
                       juce::Justification::centred);
    }

    const std::vector<Series>& series;
    const CurveOptions& options;
    Chart chart;
    AxisRange xRange;
    AxisRange yRange;
};

} // namespace

juce::Image curves(const std::vector<Series>& series, const CurveOptions& options)
{
    return CurvePainter(series, options).paint();
}

} // namespace organum::picture
