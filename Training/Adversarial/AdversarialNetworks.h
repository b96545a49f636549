#pragma once

// What adversarial training asks of a generator and its critic. A model implements this one class;
// penalty, steps, optimisers, averaging, checkpoints and log come from WganObjective.

#include "Training/Loop/Objective.h"

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace organum::training
{

/** Real samples and what the networks may know of each. */
struct RealBatch
{
    torch::Tensor samples;                 ///< [B, ...]
    std::vector<torch::Tensor> conditions; ///< [B, ...] each; none where a model has none

    /** Rows from..to-1 of all. */
    RealBatch rows(std::int64_t from, std::int64_t to) const
    {
        RealBatch part{samples.slice(0, from, to), {}};
        for (const auto& condition : conditions)
            part.conditions.push_back(condition.slice(0, from, to));
        return part;
    }
};

/** What the generator shall learn beside pleasing the critic, e.g. to reconstruct. */
struct FurtherLoss
{
    torch::Tensor loss; ///< one number, to be minimised; undefined: nothing
    Metrics figures;
};

class AdversarialNetworks
{
public:
    virtual ~AdversarialNetworks() = default;

    /** All that the generator's optimiser trains. Both stay the same objects. */
    virtual torch::nn::Module& generator() = 0;
    virtual torch::nn::Module& critic() = 0;

    /** Real samples on the networks' device, chosen by a hash of (seed, step, draw): of the draws
        of one step, those from 0 on are the critic's, the last is the generator's. */
    virtual RealBatch real(std::int64_t step, std::int64_t draw) = 0;

    /** As many samples of the generator's own, under the same conditions. Noise comes from
        LibTorch's generator of random numbers, which the loop seeds before every step. */
    virtual torch::Tensor generate(const RealBatch& batch) = 0;

    /** The critic's opinion of samples under the batch's conditions: [B], higher = more real. Rows
        do not influence each other. */
    virtual torch::Tensor score(const torch::Tensor& samples, const RealBatch& batch) = 0;

    /** Called in each generator step, in training mode. `progress` goes from 0 to 1 through the
        steps at the beginning that minimise nothing else (WganRecipe::aloneSteps), then is 1. */
    virtual FurtherLoss furtherLoss(std::int64_t step, double progress)
    {
        (void) step, (void) progress;
        return {};
    }

    /** Figures on held-out samples, if the further loss can be measured there. The generator is as
        in keep(). */
    virtual Metrics validate() { return {}; }

    /** Called after each epoch, counted from 0, with the weights to be kept in the generator and
        in evaluation mode: the place for bundle and samples. */
    virtual void keep(std::int64_t epoch) = 0;
};

} // namespace organum::training
