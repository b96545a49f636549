#pragma once

// What training asks of a network that predicts elements. Each network is one small class that
// implements this; lanes, optimiser, averaging, validation and bundle come from MusicObjective.

#include "Training/Music/Lanes.h"

#include <torch/torch.h>

#include <string>
#include <vector>

namespace organum::training
{

/** What a network carries from one chunk to the next; empty at the beginning of all. */
using Carried = std::vector<torch::Tensor>;

struct ParameterGroup
{
    std::vector<torch::Tensor> parameters;
    bool decays = true;      ///< weight decay applies
    double rateFactor = 1.0; ///< of the learning rate
};

class MusicNetwork
{
public:
    /** All [B, T] in nats; steps beyond a piece's end may hold anything. */
    struct Losses
    {
        torch::Tensor pitch, duration;
        torch::Tensor auxiliary{}; ///< is minimised too but measures nothing; may be undefined
    };

    virtual ~MusicNetwork() = default;

    virtual torch::nn::Module& module() = 0;
    /** Kind and configuration as the bundle states them. */
    virtual std::string kind() const = 0;
    virtual std::string config() const = 0;

    /** Negative log-likelihoods of what follows each step. Reads `carried`, after zeroing the rows
        of lanes where a piece begins (LaneBatch::keep), and replaces it by the state after the
        chunk, detached. The batch is on the module's device. */
    virtual Losses losses(const LaneBatch& batch, Carried& carried) = 0;

    /** By default matrices decay, vectors do not. */
    virtual std::vector<ParameterGroup> parameterGroups();
};

} // namespace organum::training
