#pragma once

// Groups of bars: histograms of notes, durations or intervals of several pieces side by side.

#include "Picture/Chart.h"

#include <string>
#include <vector>

namespace organum::picture
{

struct BarSeries
{
    std::string name;
    std::vector<double> values; ///< one a category, >= 0; not finite = no bar
};

struct BarChartOptions
{
    ChartText text;
    float width = 900; ///< points
    float height = 400;
};

/** Throws std::invalid_argument when a series has not one value for each category. */
juce::Image barChart(const std::vector<std::string>& categories,
                     const std::vector<BarSeries>& series, const BarChartOptions& options);

} // namespace organum::picture
