#include "Training/Adversarial/AveragedGenerator.h"

namespace organum::training
{
namespace
{

/** Calls `change` with every batch norm of the module. */
template <typename Change>
void forEachBatchNorm(torch::nn::Module& module, Change change)
{
    for (const auto& part : module.modules()) {
        if (auto* flat = dynamic_cast<torch::nn::BatchNorm1dImpl*>(part.get()))
            change(*flat);
        else if (auto* image = dynamic_cast<torch::nn::BatchNorm2dImpl*>(part.get()))
            change(*image);
    }
}

void measureStatistics(AdversarialNetworks& networks, std::uint64_t seed, std::int64_t batches)
{
    auto& generator = networks.generator();
    std::vector<c10::optional<double>> momenta;
    forEachBatchNorm(generator, [&](auto& norm) {
        momenta.push_back(norm.options.momentum());
        norm.options.momentum(c10::nullopt); // all batches count alike
        norm.reset_running_stats();
    });
    if (momenta.empty())
        return;
    generator.train();
    torch::manual_seed(seed);
    for (std::int64_t batch = 0; batch < batches; ++batch)
        networks.generate(networks.real(-1, batch));
    auto momentum = momenta.begin();
    forEachBatchNorm(generator, [&](auto& norm) { norm.options.momentum(*momentum++); });
}

} // namespace

AveragedGenerator::AveragedGenerator(AdversarialNetworks& networksIn, const WeightAverage* average,
                                     std::uint64_t seed, std::int64_t batches)
    : networks(networksIn)
    , wasTraining(networks.generator().is_training())
{
    torch::NoGradGuard noGrad;
    auto& generator = networks.generator();
    if (average) {
        for (const auto& buffer : generator.buffers())
            buffers.push_back(buffer.clone());
        use = std::make_unique<WeightAverage::Use>(generator, *average);
        measureStatistics(networks, seed, batches);
    }
    generator.eval();
}

AveragedGenerator::~AveragedGenerator()
{
    torch::NoGradGuard noGrad;
    auto& generator = networks.generator();
    const auto now = generator.buffers();
    for (std::size_t i = 0; i < buffers.size(); ++i)
        now[i].copy_(buffers[i]);
    generator.train(wasTraining);
}

} // namespace organum::training
