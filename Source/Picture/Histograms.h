#pragma once

// Many small histograms on one sheet, each with the standard normal's curve: how near the numbers
// of a code are to the noise that shall stand for them.

#include "Picture/Chart.h"

#include <string>
#include <vector>

namespace organum::picture
{

struct HistogramOptions
{
    ChartText text; ///< axis titles are not used
    int columns = 10;
    int bins = 20;
    double low = -4.0; ///< values outside are counted in the outermost bins
    double high = 4.0;
    bool normalCurve = true;
    std::vector<std::string> names; ///< above each panel, or empty
};

/** One panel for each list of values; heights are densities on a common scale. Throws
    std::invalid_argument for no panels, or names that do not match. */
juce::Image histograms(const std::vector<std::vector<double>>& panels,
                       const HistogramOptions& options);

} // namespace organum::picture
