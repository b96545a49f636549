#pragma once

// WGAN-GP, the adversarial training that the book's later generators share: a critic learns to
// score real samples above generated ones while its slope is held at 1, then the generator learns
// to be scored higher. Log: critic_real and critic_fake (mean scores; their difference estimates
// the distance between the real and the imitation), penalty (before its weight), gradient_norm,
// generator (its adversarial loss), and what the networks add.
//
// A generator that has a further loss may begin with steps that minimise it alone, at a rate and
// with an average of their own; adversarial training then starts from that average.

#include "Training/Adversarial/AdversarialNetworks.h"
#include "Training/Loop/WeightAverage.h"

#include <memory>

namespace organum::training
{

struct WganRecipe
{
    std::int64_t stepsPerEpoch = 25; ///< generator steps, which the loop counts
    std::int64_t criticSteps = 5;    ///< before each generator step
    std::int64_t aloneSteps = 0;     ///< at the beginning, on the further loss alone
    std::int64_t warmUpSteps = 0;    ///< after them, in which the critic learns alone
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
    double restFrom = 1.0;   ///< share of the adversarial steps after which the generator's rate
                             ///< falls in a line to a tenth
    double aloneRate = 1e-3; ///< Adam, betas 0.9 and 0.999; falls from half way on
    double aloneAveraging = 0.995;
};

class WganObjective : public Objective
{
public:
    /** The networks are on their device and outlive it. */
    WganObjective(AdversarialNetworks& networksIn, const WganRecipe& recipeIn,
                  std::uint64_t seedIn);

    torch::Device computesOn() const override
    {
        return networks.generator().parameters().front().device();
    }
    std::int64_t stepsPerEpoch() const override { return recipe.stepsPerEpoch; }
    /** Critic steps, then one generator step. */
    Metrics step(const Position& position) override;
    /** What the networks measure; an adversarial loss says nothing of held-out samples. */
    Metrics validate() override;
    void epochDone(std::int64_t epoch, bool best, const Metrics& validation) override;
    void save(torch::serialize::OutputArchive& archive) const override;
    void load(torch::serialize::InputArchive& archive) override;

    /** The two halves of step(). Figures are means over the rows. */
    Metrics criticStep(const RealBatch& batch);
    Metrics generatorStep(std::int64_t step, const RealBatch& batch);

private:
    Metrics aloneStep(std::int64_t step);
    void clipGradient();
    void setGeneratorRate(const Position& position);
    /** The average to keep now; null when there is none. */
    const WeightAverage* current() const;

    AdversarialNetworks& networks;
    const WganRecipe recipe;
    const std::uint64_t seed;
    std::unique_ptr<torch::optim::Adam> generatorOptimizer, criticOptimizer;
    std::unique_ptr<WeightAverage> average;             ///< when the recipe averages
    std::unique_ptr<torch::optim::Adam> aloneOptimizer; ///< these two when it has steps alone
    std::unique_ptr<WeightAverage> aloneAverage;
    bool alone = false; ///< the last step was one alone
};

} // namespace organum::training
