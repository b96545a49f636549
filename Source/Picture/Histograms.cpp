#include "Picture/Histograms.h"

#include "Picture/Colours.h"
#include "Picture/Fonts.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace organum::picture
{
namespace
{

double normalDensity(double x)
{
    return std::exp(-0.5 * x * x) / std::sqrt(2.0 * juce::MathConstants<double>::pi);
}

std::vector<double> densities(const std::vector<double>& values, const HistogramOptions& options)
{
    std::vector<double> counts(static_cast<std::size_t>(options.bins), 0.0);
    const auto width = (options.high - options.low) / options.bins;
    double total = 0.0;
    for (const auto value : values)
        if (std::isfinite(value)) {
            const auto bin = std::clamp(static_cast<int>(std::floor((value - options.low) / width)),
                                        0, options.bins - 1);
            counts[static_cast<std::size_t>(bin)] += 1.0;
            total += 1.0;
        }
    for (auto& count : counts)
        count /= std::max(1.0, total) * width;
    return counts;
}

} // namespace

juce::Image histograms(const std::vector<std::vector<double>>& panels,
                       const HistogramOptions& options)
{
    if (panels.empty() || options.columns < 1 || options.bins < 1 || !(options.low < options.high))
        throw std::invalid_argument("Histograms need at least one panel, column and bin.");
    if (!options.names.empty() && options.names.size() != panels.size())
        throw std::invalid_argument("Histograms were given names that do not match them.");
    constexpr float cellWidth = 104.0f, cellHeight = 84.0f, name = 15.0f, gap = 10.0f;
    const auto count = static_cast<int>(panels.size());
    const auto columns = std::min(options.columns, count);
    const auto rows = (count + columns - 1) / columns;
    Chart chart(40.0f + static_cast<float>(columns) * (cellWidth + gap) - gap,
                40.0f + 58.0f + static_cast<float>(rows) * (cellHeight + name + gap + 13.0f));
    chart.layOut({options.text.title, options.text.subtitle, "", ""}, 0, 0);
    auto& graphics = chart.graphics();
    std::vector<std::vector<double>> heights;
    double most = options.normalCurve ? normalDensity(0.0) : 0.0;
    for (const auto& panel : panels) {
        heights.push_back(densities(panel, options));
        most = std::max(most, *std::max_element(heights.back().begin(), heights.back().end()));
    }
    // One sharp panel must not flatten all others.
    const auto top =
        options.normalCurve ? std::min(most, 3.0 * normalDensity(0.0)) * 1.05 : most * 1.05;
    for (int i = 0; i < count; ++i) {
        const juce::Rectangle<float> area(
            chart.plot().getX() + static_cast<float>(i % columns) * (cellWidth + gap),
            chart.plot().getY() +
                static_cast<float>(i / columns) * (cellHeight + name + gap + 13.0f) + name,
            cellWidth, cellHeight);
        const auto heightOf = [&](double density) {
            return static_cast<float>(std::clamp(density / top, 0.0, 1.0)) * area.getHeight();
        };
        const auto small = textFont(11.0f);
        if (!options.names.empty())
            chart.drawText(small, colours::ink,
                           fittedText(small, utf8(options.names[static_cast<std::size_t>(i)]),
                                      area.getWidth()),
                           area.translated(0, -name).withHeight(name),
                           juce::Justification::centredLeft);
        graphics.setColour(seriesColour(0).withAlpha(0.75f));
        const auto bar = area.getWidth() / static_cast<float>(options.bins);
        const auto& bins = heights[static_cast<std::size_t>(i)];
        for (int b = 0; b < options.bins; ++b) {
            const auto height = heightOf(bins[static_cast<std::size_t>(b)]);
            graphics.fillRect(area.getX() + static_cast<float>(b) * bar, area.getBottom() - height,
                              bar * 0.92f, height);
        }
        if (options.normalCurve) {
            juce::Path curve;
            for (int step = 0; step <= 48; ++step) {
                const auto x = options.low + (options.high - options.low) * step / 48.0;
                const juce::Point<float> point(area.getX() + area.getWidth() *
                                                                 static_cast<float>(step) / 48.0f,
                                               area.getBottom() - heightOf(normalDensity(x)));
                if (step == 0)
                    curve.startNewSubPath(point);
                else
                    curve.lineTo(point);
            }
            graphics.setColour(colours::highlight);
            graphics.strokePath(curve, juce::PathStrokeType(1.5f));
        }
        graphics.setColour(colours::frame);
        graphics.drawRect(area, 1.0f);
        const AxisRange range{options.low, options.high, false};
        for (const auto& mark : niceMarks(range, 3))
            chart.drawText(small, colours::quietInk, utf8(mark.label),
                           {area.getX() +
                                static_cast<float>(range.fractionOf(mark.value)) * area.getWidth() -
                                20.0f,
                            area.getBottom() + 1.0f, 40.0f, 13.0f},
                           juce::Justification::centredTop);
    }
    return chart.image();
}

} // namespace organum::picture
