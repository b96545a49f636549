#pragma once

// The book's MuseGAN and its data as adversarial training sees them.

#include "Models/Music/MuseGan.h"
#include "Training/Adversarial/AdversarialNetworks.h"
#include "Training/Music/VoiceRecord.h"

namespace organum::training
{

class MuseGanNetworks : public AdversarialNetworks
{
public:
    /** rolls: Beginnings::rolls. The record outlives this. Weights are drawn by LibTorch's
        generator of random numbers. */
    MuseGanNetworks(const models::MuseGanConfig& configIn, const torch::Tensor& rollsIn,
                    std::int64_t batchIn, std::uint64_t seedIn, torch::Device deviceIn,
                    const VoiceRecord& recordIn);

    torch::nn::Module& generator() override { return *theGenerator; }
    torch::nn::Module& critic() override { return *theCritic; }
    RealBatch real(std::int64_t step, std::int64_t draw) override;
    torch::Tensor generate(const RealBatch& batch) override;
    torch::Tensor score(const torch::Tensor& samples, const RealBatch& batch) override;
    void keep(std::int64_t epoch) override;

    /** "The generator has ... parameters, the critic ...", for the user. */
    std::string sizes() const;

private:
    const models::MuseGanConfig config;
    const std::int64_t batchSize;
    const std::uint64_t seed;
    const torch::Device device;
    const VoiceRecord& record;
    const torch::Tensor rolls;
    models::MuseGanGenerator theGenerator;
    models::MuseGanCritic theCritic;
};

} // namespace organum::training
