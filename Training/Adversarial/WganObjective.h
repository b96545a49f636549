#pragma once

// WGAN-GP, the adversarial training that the book's later generators share: a critic learns to
// score real samples above generated ones while its slope is held at 1, then the generator learns
// to be scored higher. Log: critic_real and critic_fake (mean scores; their difference estimates
// the distance between the real and the imitation), penalty (before its weight), gradient_norm,
// generator (its adversarial loss), and what the networks add.

#include "Training/Adversarial/AdversarialNetworks.h"
#include "Training/Loop/WeightAverage.h"

#include <memory>

namespace organum::training
{

struct WganRecipe
{
    std::int64_t stepsPerEpoch = 25; ///< generator steps, which the loop counts
    std::int64_t criticSteps = 5;    ///< before each generator step
    std::int64_t warmUpSteps = 0;    ///< at the beginning, in which the generator rests
    std::int64_t chunk = 16;         ///< rows the critic looks at together; matters for speed alone
    double generatorRate = 1e-3;
    double criticRate = 1e-3;
    double beta1 = 0.5;
    double beta2 = 0.9;
    double penaltyWeight = 10.0;
    double driftWeight = 0.0;       ///< of the mean squared score of real samples
    double adversarialWeight = 1.0; ///< of the critic's opinion in the generator's loss
    double clip = 0.0;              ///< largest norm of the generator's gradient; 0: any
    double averaging = 0.0;         ///< decay of the averaged generator; 0: the last weights
    double restFrom = 1.0;          ///< share of the run after which rates fall to a tenth
};

class WganObjective : public Objective
{
public:
    /** The networks are on their device and outlive it. */
    WganObjective(AdversarialNetworks& networksIn, const WganRecipe& recipeIn,
                  std::uint64_t seedIn);

    std::int64_t stepsPerEpoch() const override { return recipe.stepsPerEpoch; }
    /** Critic steps, then one generator step. */
    Metrics step(const Position& position) override;
    /** Nothing: an adversarial loss measures nothing on held-out samples. */
    Metrics validate() override { return {}; }
    void epochDone(std::int64_t epoch, bool best, const Metrics& validation) override;
    void save(torch::serialize::OutputArchive& archive) const override;
    void load(torch::serialize::InputArchive& archive) override;

    /** The two halves of step(). Figures are means over the rows. */
    Metrics criticStep(const RealBatch& batch);
    Metrics generatorStep(std::int64_t step, const RealBatch& batch);

private:
    void setRates(const Position& position);

    AdversarialNetworks& networks;
    const WganRecipe recipe;
    const std::uint64_t seed;
    std::unique_ptr<torch::optim::Adam> generatorOptimizer, criticOptimizer;
    std::unique_ptr<WeightAverage> average; ///< when the recipe averages
};

} // namespace organum::training
