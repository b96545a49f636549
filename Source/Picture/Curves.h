#pragma once

// Lines over a common axis: losses over epochs, rates over time.

#include "Picture/Chart.h"

#include <string>
#include <utility>
#include <vector>

namespace organum::picture
{

struct Series
{
    std::string name;
    std::vector<std::pair<double, double>> points; ///< x ascending; not finite = a gap
    bool dashed = false;
};

/** A vertical line with a word, such as the epoch that was kept. */
struct Milestone
{
    double x = 0;
    std::string label;
};

struct CurveOptions
{
    ChartText text;
    bool logarithmic = false; ///< y axis; values that are not positive are gaps
    Scale x = Scale::continuous;
    float width = 900; ///< points
    float height = 480;
    std::vector<Milestone> milestones;
};

/** An empty diagram when no point is finite. */
juce::Image curves(const std::vector<Series>& series, const CurveOptions& options);

} // namespace organum::picture
