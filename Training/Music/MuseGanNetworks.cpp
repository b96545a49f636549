#include "Training/Music/MuseGanNetworks.h"

#include "Engine/Voices/MuseGanNetwork.h"
#include "Training/Random.h"

namespace organum::training
{

MuseGanNetworks::MuseGanNetworks(const models::MuseGanConfig& configIn,
                                 const torch::Tensor& rollsIn, std::int64_t batchIn,
                                 std::uint64_t seedIn, torch::Device deviceIn,
                                 const VoiceRecord& recordIn)
    : config(configIn)
    , batchSize(batchIn)
    , seed(seedIn)
    , device(deviceIn)
    , record(recordIn)
    , rolls(rollsIn.to(deviceIn))
    , theGenerator(configIn)
    , theCritic(configIn)
{
    theGenerator->to(device);
    theCritic->to(device);
}

RealBatch MuseGanNetworks::real(std::int64_t step, std::int64_t draw)
{
    auto chosen = torch::empty({batchSize}, torch::kInt64);
    const auto pieces = static_cast<std::uint64_t>(rolls.size(0));
    for (std::int64_t row = 0; row < batchSize; ++row)
        chosen[row] = static_cast<std::int64_t>(
            randomBits("real", seed,
                       {static_cast<std::uint64_t>(step), static_cast<std::uint64_t>(draw),
                        static_cast<std::uint64_t>(row)}) %
            pieces);
    return {rolls.index_select(0, chosen.to(device)), {}};
}

torch::Tensor MuseGanNetworks::generate(const RealBatch& batch)
{
    return theGenerator->forward(torch::randn(
        {batch.samples.size(0), config.vectors(), config.noise}, batch.samples.options()));
}

torch::Tensor MuseGanNetworks::score(const torch::Tensor& samples, const RealBatch& batch)
{
    (void) batch;
    return theCritic->forward(samples);
}

void MuseGanNetworks::keep(std::int64_t epoch)
{
    engine::MuseGanOptions options;
    options.bars = config.bars;
    options.noise = config.noise;
    options.generatorWidth = config.generatorWidth;
    record.keep(*theGenerator, engine::MuseGanNetwork::kind, options.toJson(), epoch + 1);
}

std::string MuseGanNetworks::sizes() const
{
    return "The generator has " + std::to_string(models::parameterCount(*theGenerator)) +
           " parameters, the critic " + std::to_string(models::parameterCount(*theCritic)) + ".";
}

} // namespace organum::training
