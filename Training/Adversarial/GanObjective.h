#pragma once

// The adversarial training of sections 4.1 and 4.3 of the book. In each step ("iteration"; the book
// says epoch) the critic learns from real and then from generated samples in two updates of its
// own, then the generator learns to be taken for real. With the cross-entropy this is the first GAN
// and the critic a discriminator; with the Wasserstein loss and clipped weights it is WGAN.
//
// The critic's generated samples come from the generator in evaluation mode, with its running
// statistics, as Keras' predict() makes them; the generator itself learns in training mode. The
// critic's dropout is on in all three.
//
// Log. Cross-entropy: loss_real, loss_fake, loss_critic (their mean), loss_generator,
// accuracy_real, accuracy_fake, accuracy, and fooled (share of the generator's samples taken for
// real in its own step). Wasserstein: critic_real and critic_fake (mean scores; the critic's loss
// is the second minus the first), generator (its loss) and largest_weight (of the critic, after
// clipping).

#include "Training/Adversarial/AdversarialNetworks.h"

#include <memory>

namespace organum::training
{

enum class GanLoss
{
    crossEntropy,
    wasserstein
};

struct GanRecipe
{
    GanLoss loss = GanLoss::crossEntropy;
    std::int64_t stepsPerEpoch = 10;
    std::int64_t criticSteps = 1;    ///< of two updates each
    std::int64_t generatorSteps = 1; ///< after them
    double generatorRate = 0.0004;   ///< RMSprop, alpha 0.9
    double criticRate = 0.0008;
    double clip = 0.0;            ///< largest weight of the critic; 0: any
    std::int64_t criticUntil = 0; ///< steps after which the critic learns no more; 0: always
};

class GanObjective : public Objective
{
public:
    /** The networks are on their device and outlive it. For the cross-entropy a score is what goes
        into the sigmoid. */
    GanObjective(AdversarialNetworks& networksIn, const GanRecipe& recipeIn);

    torch::Device computesOn() const override
    {
        return networks.generator().parameters().front().device();
    }
    std::int64_t stepsPerEpoch() const override { return recipe.stepsPerEpoch; }
    Metrics step(const Position& position) override;
    /** What the networks measure. */
    Metrics validate() override;
    void epochDone(std::int64_t epoch, bool best, const Metrics& validation) override;
    void save(torch::serialize::OutputArchive& archive) const override;
    void load(torch::serialize::InputArchive& archive) override;

    /** The two halves of step(). A critic that does not learn only scores. */
    Metrics criticStep(const RealBatch& batch, bool learns = true);
    Metrics generatorStep(const RealBatch& batch);

private:
    /** How wrong the critic's scores are when the samples are real, or generated. */
    torch::Tensor lossOf(const torch::Tensor& scores, bool areReal) const;
    void updateCritic(const torch::Tensor& loss);

    AdversarialNetworks& networks;
    const GanRecipe recipe;
    std::unique_ptr<torch::optim::RMSprop> generatorOptimizer, criticOptimizer;
};

} // namespace organum::training
