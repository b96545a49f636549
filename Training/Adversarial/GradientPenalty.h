#pragma once

// The gradient penalty of WGAN-GP (Gulrajani et al. 2017; chapter 4 of the book): the critic's
// slope shall be 1 on the way from generated to real samples, which keeps it 1-Lipschitz there.

#include <torch/torch.h>

#include <functional>

namespace organum::training
{

struct GradientPenalty
{
    torch::Tensor penalty; ///< [B]: (norm - 1)^2, a graph down to the critic's weights
    torch::Tensor norm;    ///< [B]: of the score's gradient at the sample, without a graph
};

/** The points `weights` of the way from generated to real samples. real, fake: [B, ...]; weights:
    [B] in 0..1. Without a graph. */
torch::Tensor interpolated(const torch::Tensor& real, const torch::Tensor& fake,
                           const torch::Tensor& weights);

/** `score` maps samples [B, ...] to [B], each row on its own. */
GradientPenalty gradientPenalty(const std::function<torch::Tensor(const torch::Tensor&)>& score,
                                const torch::Tensor& samples);

} // namespace organum::training
