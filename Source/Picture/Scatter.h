#pragma once

// Points on a plane in a colour for each class: what an encoder makes of labelled images.

#include "Picture/Chart.h"

#include <string>
#include <utility>
#include <vector>

namespace organum::picture
{

struct PointGroup
{
    std::string name;                              ///< in the legend; empty: not there
    std::vector<std::pair<double, double>> points; ///< not finite = left out
};

struct ScatterOptions
{
    ChartText text;
    float width = 760; ///< points
    float height = 760;
    float radius = 2.2f; ///< of a point
    /** Both axes show this range; nothing (low = high): what the points take. */
    double low = 0.0, high = 0.0;
};

/** Colours of up to ten classes that stay apart; they repeat after that. */
juce::Colour classColour(int index);

/** Points of all groups are drawn in turn, so that no class covers another. */
juce::Image scatter(const std::vector<PointGroup>& groups, const ScatterOptions& options);

} // namespace organum::picture
