#include "Training/Adversarial/GradientPenalty.h"

#include <limits>
#include <vector>

namespace organum::training
{

torch::Tensor interpolated(const torch::Tensor& real, const torch::Tensor& fake,
                           const torch::Tensor& weights)
{
    torch::NoGradGuard noGrad;
    std::vector<std::int64_t> shape(static_cast<std::size_t>(real.dim()), 1);
    shape[0] = real.size(0);
    return torch::lerp(fake, real, weights.view(shape));
}

GradientPenalty gradientPenalty(const std::function<torch::Tensor(const torch::Tensor&)>& score,
                                const torch::Tensor& samples)
{
    const auto x = samples.detach().requires_grad_();
    // Rows do not influence each other, so the sum's gradient holds each row's own.
    const auto gradient = torch::autograd::grad({score(x).sum()}, {x}, {}, c10::nullopt,
                                                /*create_graph=*/true)
                              .front();
    // The root has no derivative at 0. What is added must be far below any slope: a fresh critic's
    // is about 1e-8, and the penalty is what lifts it.
    const auto norm =
        (gradient.flatten(1).square().sum(1) + std::numeric_limits<float>::min()).sqrt();
    return {(norm - 1.0).square(), norm.detach()};
}

} // namespace organum::training
