#pragma once

// Networks small enough to train adversarially within seconds.

#include "Training/Adversarial/AdversarialNetworks.h"

#include <torch/torch.h>

#include <cmath>

namespace organum::test
{

using training::AdversarialNetworks;
using training::RealBatch;

/** Points on a circle, learnt by two small networks. */
class Circle : public AdversarialNetworks
{
public:
    static constexpr double radius = 2.0;
    static constexpr std::int64_t batch = 128;

    explicit Circle(bool normed = false)
    {
        using torch::nn::Linear;
        at::set_num_threads(1);
        torch::manual_seed(11);
        makes = torch::nn::Sequential(Linear(2, 32));
        if (normed)
            makes->push_back(torch::nn::BatchNorm1d(32));
        makes->push_back(torch::nn::ReLU());
        makes->push_back(Linear(32, 32));
        makes->push_back(torch::nn::ReLU());
        makes->push_back(Linear(32, 2));
        judges = torch::nn::Sequential(
            Linear(2, 64), torch::nn::LeakyReLU(torch::nn::LeakyReLUOptions().negative_slope(0.2)),
            Linear(64, 64), torch::nn::LeakyReLU(torch::nn::LeakyReLUOptions().negative_slope(0.2)),
            Linear(64, 1));
    }

    torch::nn::Module& generator() override { return *makes; }
    torch::nn::Module& critic() override { return *judges; }
    RealBatch real(std::int64_t, std::int64_t) override
    {
        const auto angle = torch::rand({batch}) * (2.0 * M_PI);
        return {torch::stack({angle.cos(), angle.sin()}, 1) * radius, {}};
    }
    torch::Tensor generate(const RealBatch& of) override
    {
        return makes->forward(torch::randn({of.samples.size(0), 2}));
    }
    torch::Tensor score(const torch::Tensor& samples, const RealBatch&) override
    {
        return judges->forward(samples).squeeze(1);
    }
    void keep(std::int64_t epoch) override
    {
        kept = epoch;
        const auto made = generate(real(0, 0));
        keptRadius = made.norm(2, 1).mean().item<double>();
        keptCentre = made.mean(0).norm().item<double>();
        keptWeight = makes->parameters().front().clone();
        wasTraining = makes->is_training();
        for (const auto& buffer : makes->named_buffers())
            if (buffer.key().find("running_mean") != std::string::npos)
                keptMean = buffer.value().clone();
    }

    torch::nn::Sequential makes, judges;
    std::int64_t kept = -1;
    double keptRadius = 0.0; ///< mean distance from the origin
    double keptCentre = 0.0; ///< distance of the mean from it
    torch::Tensor keptWeight, keptMean;
    bool wasTraining = true;
};

} // namespace organum::test
