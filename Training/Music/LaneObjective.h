#pragma once

// Trains any MusicNetwork on whole pieces: Adam with decoupled weight decay, clipped gradients,
// cosine learning rate, averaged weights. Those averaged weights are validated and shipped.

#include "Training/Loop/Objective.h"
#include "Training/Loop/WeightAverage.h"
#include "Training/Music/MusicNetwork.h"
#include "Training/Music/RunRecord.h"

#include <memory>

namespace organum::training
{

struct LaneRecipe
{
    LaneSettings lanes;
    double rate = 3e-3;
    double weightDecay = 0.0;
    double beta2 = 0.99;
    double clip = 1.0;        ///< largest gradient norm
    std::int64_t warmUp = 50; ///< steps
    double averaging = 0.99;  ///< decay of the averaged weights; 0: none
};

/** Mean NLL per element over the pieces of a split, each from everything before it: {"pitch",
    "duration", "sum"}. Puts the network in evaluation mode. */
Metrics scorePieces(MusicNetwork& network, const MusicData& data, const std::string& split,
                    const torch::Device& device);

class LaneObjective : public Objective
{
public:
    /** All references must outlive it. The network is on the device. */
    LaneObjective(std::unique_ptr<MusicNetwork> networkIn, const MusicData& dataIn,
                  const LaneRecipe& recipeIn, std::uint64_t seed, torch::Device deviceIn,
                  const BundleWriter& writerIn);

    torch::Device computesOn() const override { return device; }
    std::int64_t stepsPerEpoch() const override { return loader.batchesPerEpoch(); }
    Metrics step(const Position& position) override;
    Metrics validate() override;
    void epochDone(std::int64_t epoch, bool best, const Metrics& validation) override;
    void save(torch::serialize::OutputArchive& archive) const override;
    void load(torch::serialize::InputArchive& archive) override;

private:
    std::unique_ptr<MusicNetwork> network;
    const MusicData& data;
    const LaneRecipe recipe;
    const torch::Device device;
    const BundleWriter& writer;
    LaneLoader loader;
    std::vector<ParameterGroup> groups;
    std::unique_ptr<torch::optim::AdamW> optimizer;
    WeightAverage average;
    Carried carried;
};

} // namespace organum::training
