#pragma once

// How far images are from each other and from those learnt from, by the mean absolute difference of
// a pixel (the book's L1): whether a generator copies, and whether it has collapsed.

#include "Training/Image/ImageSet.h"

#include <torch/torch.h>

namespace organum::training
{

struct NearestImages
{
    torch::Tensor rows;      ///< int64 [N]: which image of the set
    torch::Tensor distances; ///< float [N]: mean absolute difference of a pixel, 0..1
};

/** For each image [N, C, H, W] in 0..1 the nearest of the set, whose images are of this shape. */
NearestImages nearestImages(const torch::Tensor& images, const ImageSet& set);

/** Mean distance between two different images, over that of `real` ones: 1 = as different from each
    other as real images are, 0 = all the same. Both [N, C, H, W] in 0..1, N at least 2. */
double diversity(const torch::Tensor& images, const torch::Tensor& real);

} // namespace organum::training
