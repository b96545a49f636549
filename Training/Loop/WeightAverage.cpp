#include "Training/Loop/WeightAverage.h"

#include <algorithm>
#include <cmath>

namespace organum::training
{

WeightAverage::WeightAverage(const torch::nn::Module& module, double decayIn)
    : decay(decayIn)
{
    for (const auto& parameter : module.parameters())
        averages.push_back(parameter.detach().clone());
}

void WeightAverage::update(const torch::nn::Module& module, std::int64_t step)
{
    torch::NoGradGuard noGrad;
    const auto now =
        std::min(decay, static_cast<double>(1 + step) / static_cast<double>(10 + step));
    const auto parameters = module.parameters();
    for (std::size_t i = 0; i < averages.size(); ++i)
        averages[i].mul_(now).add_(parameters[i], 1.0 - now);
}

void WeightAverage::putInto(torch::nn::Module& module) const
{
    torch::NoGradGuard noGrad;
    auto parameters = module.parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i)
        parameters[i].copy_(averages[i]);
}

void WeightAverage::save(torch::serialize::OutputArchive& archive) const
{
    for (std::size_t i = 0; i < averages.size(); ++i)
        archive.write("average" + std::to_string(i), averages[i]);
}

void WeightAverage::load(torch::serialize::InputArchive& archive)
{
    for (std::size_t i = 0; i < averages.size(); ++i) {
        torch::Tensor read;
        archive.read("average" + std::to_string(i), read);
        averages[i].copy_(read);
    }
}

WeightAverage::Use::Use(torch::nn::Module& moduleIn, const WeightAverage& average)
    : module(moduleIn)
{
    torch::NoGradGuard noGrad;
    auto parameters = module.parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        own.push_back(parameters[i].detach().clone());
        parameters[i].copy_(average.averages[i]);
    }
}

WeightAverage::Use::~Use()
{
    torch::NoGradGuard noGrad;
    auto parameters = module.parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i)
        parameters[i].copy_(own[i]);
}

double cosineRate(std::int64_t step, std::int64_t totalSteps, std::int64_t warmUp, double last)
{
    const auto rise = std::min(1.0, static_cast<double>(step + 1) /
                                        static_cast<double>(std::max<std::int64_t>(1, warmUp)));
    const auto done =
        static_cast<double>(step) / static_cast<double>(std::max<std::int64_t>(1, totalSteps));
    constexpr double pi = 3.14159265358979323846;
    return rise * (0.5 * (1.0 + std::cos(pi * std::min(1.0, done))) * (1.0 - last) + last);
}

} // namespace organum::training
