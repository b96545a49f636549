#pragma once

// A table that can be seen: for each figure how its value in one or more sets stands to that of a
// reference, as points on a scale of ratios, with the numbers beside it.

#include "Picture/Chart.h"

#include <optional>
#include <string>
#include <vector>

namespace organum::picture
{

struct RatioValue
{
    std::string text;            ///< as printed
    std::optional<double> ratio; ///< to the reference, >= 0; nothing: no point is drawn
};

struct RatioRow
{
    std::string label; ///< within its group; empty where the group has this row alone
    std::string referenceText;
    std::vector<RatioValue> values; ///< one a series
};

struct RatioGroup
{
    std::string title;
    std::vector<RatioRow> rows;
};

struct RatioChartOptions
{
    std::string title;
    std::string subtitle;
    std::vector<std::string> series; ///< names
    float width = 1000;              ///< points; the height follows from the rows
};

/** The scale is logarithmic and reaches as far as most points need, to a factor of 4 at most;
    points beyond stand at its end as arrows. Within a tenth of the reference is shaded. Throws
    std::invalid_argument when a row has not one value for each series. */
juce::Image ratioChart(const std::vector<RatioGroup>& groups, const RatioChartOptions& options);

} // namespace organum::picture
