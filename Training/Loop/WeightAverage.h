#pragma once

// A running average of the weights (Polyak averaging): smoother than the last step's, and what is
// validated and shipped.

#include <torch/torch.h>

#include <vector>

namespace organum::training
{

class WeightAverage
{
public:
    /** decay 0: the average is always the last weights. */
    WeightAverage(const torch::nn::Module& module, double decayIn);

    /** After an optimiser step; `step` counts from 0. The decay grows from 0.1 to `decay`, so that
        the first random weights are soon forgotten. */
    void update(const torch::nn::Module& module, std::int64_t step);

    /** Makes the averages the module's weights. */
    void putInto(torch::nn::Module& module) const;

    void save(torch::serialize::OutputArchive& archive) const;
    void load(torch::serialize::InputArchive& archive);

    /** While it lives, the module holds the averaged weights. */
    class Use
    {
    public:
        Use(torch::nn::Module& moduleIn, const WeightAverage& average);
        ~Use();
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;

    private:
        torch::nn::Module& module;
        std::vector<torch::Tensor> own;
    };

private:
    const double decay;
    std::vector<torch::Tensor> averages;
};

/** Cosine learning rate with a linear start, as a factor: rises to 1 over `warmUp` steps, then
    falls along half a cosine to `last` at the end. */
double cosineRate(std::int64_t step, std::int64_t totalSteps, std::int64_t warmUp,
                  double last = 0.01);

} // namespace organum::training
