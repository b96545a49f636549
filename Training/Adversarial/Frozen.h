#pragma once

// Keeps an adversary's weights out of the other's step.

#include <torch/torch.h>

#include <vector>

namespace organum::training
{

/** While it lives, no gradient of the module's own weights is computed. */
class Frozen
{
public:
    explicit Frozen(const torch::nn::Module& module)
    {
        for (const auto& parameter : module.parameters())
            if (parameter.requires_grad())
                parameters.push_back(parameter.requires_grad_(false));
    }
    ~Frozen()
    {
        for (const auto& parameter : parameters)
            parameter.requires_grad_(true);
    }
    Frozen(const Frozen&) = delete;
    Frozen& operator=(const Frozen&) = delete;

private:
    std::vector<torch::Tensor> parameters;
};

} // namespace organum::training
