#include "Picture/BarChart.h"

#include "Picture/Colours.h"
#include "Picture/Fonts.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace organum::picture
{
namespace
{

double largestValue(const std::vector<BarSeries>& series)
{
    double most = 0;
    for (const auto& one : series)
        for (const auto value : one.values)
            if (std::isfinite(value))
                most = std::max(most, value);
    return most > 0 ? most : 1.0;
}

void drawCategories(Chart& chart, const std::vector<std::string>& categories, float widest)
{
    const auto plot = chart.plot();
    const auto slot = plot.getWidth() / static_cast<float>(categories.size());
    const auto step = labelStep(static_cast<int>(categories.size()),
                                static_cast<int>(plot.getWidth() / (widest + 6.0f)));
    for (std::size_t i = 0; i < categories.size(); i += static_cast<std::size_t>(step)) {
        const auto x = plot.getX() + slot * (static_cast<float>(i) + 0.5f);
        chart.drawText(chart.labelFont(), colours::quietInk, utf8(categories[i]),
                       {x - 60.0f, plot.getBottom() + 6.0f, 120.0f, 15.0f},
                       juce::Justification::centredTop);
    }
}

} // namespace

juce::Image barChart(const std::vector<std::string>& categories,
                     const std::vector<BarSeries>& series, const BarChartOptions& options)
{
    for (const auto& one : series)
        if (one.values.size() != categories.size())
            throw std::invalid_argument("The bars '" + one.name + "' have " +
                                        std::to_string(one.values.size()) + " values for " +
                                        std::to_string(categories.size()) + " categories.");
    Chart chart(options.width, options.height);
    const auto wanted = static_cast<int>(options.height / 70.0f);
    auto range = niceRange(0.0, largestValue(series), false, wanted);
    range.low = 0.0;
    const auto marks = niceMarks(range, wanted);
    chart.layOut(options.text, chart.widest(marks), 15.0f);
    if (series.size() > 1)
        chart.reserveLegend();
    chart.drawYMarks(range, marks, true);

    const auto plot = chart.plot();
    auto& graphics = chart.graphics();
    const auto slot =
        plot.getWidth() / static_cast<float>(std::max<std::size_t>(1, categories.size()));
    const auto group = slot * (slot > 8.0f ? 0.78f : 0.94f);
    const auto barWidth = group / static_cast<float>(std::max<std::size_t>(1, series.size()));
    std::vector<LegendEntry> legend;
    for (std::size_t s = 0; s < series.size(); ++s) {
        const auto colour = seriesColour(static_cast<int>(s));
        legend.push_back({series[s].name, colour});
        graphics.setColour(colour);
        for (std::size_t i = 0; i < categories.size(); ++i) {
            const auto value = series[s].values[i];
            if (!std::isfinite(value) || value <= 0)
                continue;
            const auto tall = static_cast<float>(range.fractionOf(value)) * plot.getHeight();
            graphics.fillRect(plot.getX() + slot * static_cast<float>(i) + (slot - group) / 2.0f +
                                  barWidth * static_cast<float>(s),
                              plot.getBottom() - tall,
                              std::max(0.5f, barWidth - (barWidth > 4 ? 1.0f : 0.0f)), tall);
        }
    }
    graphics.setColour(colours::quietInk);
    graphics.fillRect(plot.getX(), plot.getBottom() - 0.5f, plot.getWidth(), 1.0f);
    float widest = 8.0f;
    for (const auto& category : categories)
        widest = std::max(widest, textWidth(chart.labelFont(), utf8(category)));
    if (!categories.empty())
        drawCategories(chart, categories, widest);
    if (series.size() > 1)
        chart.drawLegendAbove(legend);
    return chart.image();
}

} // namespace organum::picture
