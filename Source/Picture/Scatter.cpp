#include "Picture/Scatter.h"

#include "Picture/Colours.h"
#include "Picture/Fonts.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace organum::picture
{
namespace
{

bool isFinite(const std::pair<double, double>& point)
{
    return std::isfinite(point.first) && std::isfinite(point.second);
}

AxisRange rangeOf(const std::vector<PointGroup>& groups, const ScatterOptions& options, bool isX)
{
    if (options.low < options.high)
        return {options.low, options.high, false};
    auto low = std::numeric_limits<double>::infinity(), high = -low;
    for (const auto& group : groups)
        for (const auto& point : group.points)
            if (isFinite(point)) {
                low = std::min(low, isX ? point.first : point.second);
                high = std::max(high, isX ? point.first : point.second);
            }
    return low > high ? AxisRange{} : niceRange(low, high, false, 8);
}

} // namespace

juce::Colour classColour(int index)
{
    static const juce::uint32 colours[] = {0xFF1F77B4, 0xFFE07000, 0xFF2C9A3A, 0xFFCE2029,
                                           0xFF8552B4, 0xFF8A5A4A, 0xFFE067B5, 0xFF6F7680,
                                           0xFFA8A516, 0xFF12AFC4};
    return juce::Colour(colours[static_cast<std::size_t>(index) % 10]);
}

juce::Image scatter(const std::vector<PointGroup>& groups, const ScatterOptions& options)
{
    const auto xRange = rangeOf(groups, options, true), yRange = rangeOf(groups, options, false);
    Chart chart(options.width, options.height);
    const auto yMarks = niceMarks(yRange, static_cast<int>(options.height / 70.0f));
    chart.layOut(options.text, chart.widest(yMarks), 15.0f, 12.0f);
    chart.reserveLegend();
    chart.drawXMarks(xRange, niceMarks(xRange, static_cast<int>(options.width / 90.0f)), true);
    chart.drawYMarks(yRange, yMarks, true);
    chart.drawFrame();
    const auto plot = chart.plot();
    auto& graphics = chart.graphics();
    std::size_t most = 0;
    for (const auto& group : groups)
        most = std::max(most, group.points.size());
    {
        const juce::Graphics::ScopedSaveState saved(graphics);
        graphics.reduceClipRegion(plot.toNearestInt());
        for (std::size_t i = 0; i < most; ++i)
            for (std::size_t g = 0; g < groups.size(); ++g) {
                if (i >= groups[g].points.size() || !isFinite(groups[g].points[i]))
                    continue;
                const auto& point = groups[g].points[i];
                const auto x = plot.getX() +
                               static_cast<float>(xRange.fractionOf(point.first)) * plot.getWidth();
                const auto y =
                    plot.getBottom() -
                    static_cast<float>(yRange.fractionOf(point.second)) * plot.getHeight();
                graphics.setColour(classColour(static_cast<int>(g)).withAlpha(0.8f));
                graphics.fillEllipse(x - options.radius, y - options.radius, 2.0f * options.radius,
                                     2.0f * options.radius);
            }
    }
    std::vector<LegendEntry> legend;
    for (std::size_t g = 0; g < groups.size(); ++g)
        if (!groups[g].name.empty())
            legend.push_back({groups[g].name, classColour(static_cast<int>(g)), false});
    chart.drawLegendAbove(legend);
    return chart.image();
}

} // namespace organum::picture
