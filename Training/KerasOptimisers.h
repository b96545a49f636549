#pragma once

// The optimisers of the book with Keras' constants: Adam with epsilon 1e-7, and RMSprop that
// forgets at 0.9 where LibTorch's forgets at 0.99, which matters much to adversaries.

#include <torch/torch.h>

#include <memory>
#include <vector>

namespace organum::training
{

inline std::unique_ptr<torch::optim::Adam> kerasAdam(std::vector<torch::Tensor> parameters,
                                                     double rate, double beta1 = 0.9,
                                                     double beta2 = 0.999)
{
    return std::make_unique<torch::optim::Adam>(
        std::move(parameters), torch::optim::AdamOptions(rate).betas({beta1, beta2}).eps(1e-7));
}

inline std::unique_ptr<torch::optim::RMSprop> kerasRmsprop(std::vector<torch::Tensor> parameters,
                                                           double rate)
{
    return std::make_unique<torch::optim::RMSprop>(
        std::move(parameters), torch::optim::RMSpropOptions(rate).alpha(0.9).eps(1e-7));
}

} // namespace organum::training
