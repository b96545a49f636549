#pragma once

// The book's attention-LSTM as lanes train it: loss at every position, attention over everything
// before it in the piece as running sums.

#include "Models/Music/AttentionLstm.h"
#include "Training/Music/MusicNetwork.h"

namespace organum::training
{

class AttentionLstmNetwork : public MusicNetwork
{
public:
    /** `window`: what the bundle tells the `window` sampler to look back. */
    explicit AttentionLstmNetwork(const models::AttentionLstmConfig& config,
                                  std::int64_t windowIn = 32);

    torch::nn::Module& module() override { return *network; }
    std::string kind() const override { return "attention-lstm"; }
    std::string config() const override;
    Losses losses(const LaneBatch& batch, Carried& carried) override;

    models::AttentionLstm network;

private:
    const std::int64_t window;
};

} // namespace organum::training
