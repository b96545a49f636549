#pragma once

// Many small images on one sheet, as every image model reports its samples.

#include "Picture/Chart.h"

#include <string>
#include <vector>

namespace organum::picture
{

/** Values [channels, height, width] in 0..1, channels 1 (grey) or 3; values outside are clipped.
    Throws std::invalid_argument when sizes do not match. */
juce::Image imageFromPlanes(const std::vector<float>& values, int channels, int height, int width);

struct ImageGridOptions
{
    ChartText text; ///< axis titles are not used
    int columns = 8;
    float cell = 72;                   ///< points a side; pixels of small images stay sharp
    std::vector<std::string> captions; ///< below each image, or empty
};

/** Images of any sizes, each fitted into its cell. Throws std::invalid_argument for no images, or
    captions that do not match. */
juce::Image imageGrid(const std::vector<juce::Image>& images, const ImageGridOptions& options);

} // namespace organum::picture
