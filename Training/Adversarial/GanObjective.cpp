#include "Training/Adversarial/GanObjective.h"

#include "Training/Adversarial/AveragedGenerator.h"
#include "Training/Adversarial/Frozen.h"
#include "Training/KerasOptimisers.h"
#include "Training/Loop/Checkpoint.h"

#include <algorithm>

namespace organum::training
{
namespace
{

/** Share of scores above 0: samples that are taken for real. */
double takenForReal(const torch::Tensor& scores)
{
    return scores.gt(0).to(torch::kFloat32).mean().item<double>();
}

double largestWeight(const torch::nn::Module& module)
{
    double largest = 0.0;
    for (const auto& parameter : module.parameters())
        largest = std::max(largest, parameter.detach().abs().max().item<double>());
    return largest;
}

} // namespace

GanObjective::GanObjective(AdversarialNetworks& networksIn, const GanRecipe& recipeIn)
    : networks(networksIn)
    , recipe(recipeIn)
    , generatorOptimizer(kerasRmsprop(networks.generator().parameters(), recipe.generatorRate))
    , criticOptimizer(kerasRmsprop(networks.critic().parameters(), recipe.criticRate))
{
}

torch::Tensor GanObjective::lossOf(const torch::Tensor& scores, bool areReal) const
{
    const auto wrong = areReal ? -scores : scores;
    // -log(sigmoid(s)) = softplus(-s), without rounding where the sigmoid is nearly 0 or 1.
    return recipe.loss == GanLoss::wasserstein ? wrong.mean() : torch::softplus(wrong).mean();
}

void GanObjective::updateCritic(const torch::Tensor& loss)
{
    criticOptimizer->zero_grad();
    loss.backward();
    criticOptimizer->step();
    if (recipe.clip > 0.0) {
        // Parameters alone: a batch norm's running statistics would be no weights.
        torch::NoGradGuard noGrad;
        for (auto& parameter : networks.critic().parameters())
            parameter.clamp_(-recipe.clip, recipe.clip);
    }
}

Metrics GanObjective::criticStep(const RealBatch& batch, bool learns)
{
    torch::Tensor fake;
    {
        torch::NoGradGuard noGrad;
        networks.generator().eval();
        fake = networks.generate(batch);
        networks.generator().train();
    }
    const auto ofReal = networks.score(batch.samples, batch);
    const auto realLoss = lossOf(ofReal, true);
    if (learns)
        updateCritic(realLoss);
    const auto ofFake = networks.score(fake, batch);
    const auto fakeLoss = lossOf(ofFake, false);
    if (learns)
        updateCritic(fakeLoss);

    const auto real = realLoss.item<double>(), faked = fakeLoss.item<double>();
    if (recipe.loss == GanLoss::wasserstein)
        return {{"critic_real", -real},
                {"critic_fake", faked},
                {"largest_weight", largestWeight(networks.critic())}};
    const auto accuracyReal = takenForReal(ofReal), accuracyFake = 1.0 - takenForReal(ofFake);
    return {{"loss_real", real},
            {"loss_fake", faked},
            {"loss_critic", (real + faked) / 2.0},
            {"accuracy_real", accuracyReal},
            {"accuracy_fake", accuracyFake},
            {"accuracy", (accuracyReal + accuracyFake) / 2.0}};
}

Metrics GanObjective::generatorStep(const RealBatch& batch)
{
    const Frozen critic(networks.critic());
    generatorOptimizer->zero_grad();
    const auto scores = networks.score(networks.generate(batch), batch);
    const auto loss = lossOf(scores, true);
    loss.backward();
    generatorOptimizer->step();
    if (recipe.loss == GanLoss::wasserstein)
        return {{"generator", loss.item<double>()}};
    return {{"loss_generator", loss.item<double>()}, {"fooled", takenForReal(scores)}};
}

Metrics GanObjective::step(const Position& position)
{
    networks.generator().train();
    networks.critic().train();
    Metrics figures;
    const auto addMeans = [&](const Metrics& part, std::int64_t steps) {
        for (const auto& [name, value] : part)
            figures[name] += value / static_cast<double>(steps);
    };
    const auto learns = recipe.criticUntil == 0 || position.step < recipe.criticUntil;
    std::int64_t draw = 0;
    for (std::int64_t i = 0; i < recipe.criticSteps; ++i)
        addMeans(criticStep(networks.real(position.step, draw++), learns), recipe.criticSteps);
    for (std::int64_t i = 0; i < recipe.generatorSteps; ++i)
        addMeans(generatorStep(networks.real(position.step, draw++)), recipe.generatorSteps);
    return figures;
}

Metrics GanObjective::validate()
{
    const AveragedGenerator last(networks, nullptr, 0);
    torch::NoGradGuard noGrad;
    return networks.validate();
}

void GanObjective::epochDone(std::int64_t epoch, bool best, const Metrics& validation)
{
    (void) best, (void) validation; // no figure says which images look best: the latest are kept
    const AveragedGenerator last(networks, nullptr, 0);
    torch::NoGradGuard noGrad;
    networks.keep(epoch);
}

void GanObjective::save(torch::serialize::OutputArchive& archive) const
{
    training::save(archive, "generator", networks.generator());
    training::save(archive, "critic", networks.critic());
    training::save(archive, "generatorOptimizer", *generatorOptimizer);
    training::save(archive, "criticOptimizer", *criticOptimizer);
}

void GanObjective::load(torch::serialize::InputArchive& archive)
{
    training::load(archive, "generator", networks.generator());
    training::load(archive, "critic", networks.critic());
    training::load(archive, "generatorOptimizer", *generatorOptimizer);
    training::load(archive, "criticOptimizer", *criticOptimizer);
}

} // namespace organum::training
