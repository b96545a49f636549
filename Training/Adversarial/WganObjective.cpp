#include "Training/Adversarial/WganObjective.h"

#include "Training/Adversarial/AveragedGenerator.h"
#include "Training/Adversarial/Frozen.h"
#include "Training/Adversarial/GradientPenalty.h"
#include "Training/Loop/Checkpoint.h"
#include "Training/Random.h"

#include <algorithm>
#include <stdexcept>

namespace organum::training
{
namespace
{

std::unique_ptr<torch::optim::Adam> adam(const torch::nn::Module& module, double rate,
                                         const WganRecipe& recipe)
{
    // Keras' Adam: epsilon 1e-7.
    return std::make_unique<torch::optim::Adam>(
        module.parameters(),
        torch::optim::AdamOptions(rate).betas({recipe.beta1, recipe.beta2}).eps(1e-7));
}

void setRate(torch::optim::Adam& optimizer, double rate)
{
    for (auto& group : optimizer.param_groups())
        static_cast<torch::optim::AdamOptions&>(group.options()).lr(rate);
}

} // namespace

WganObjective::WganObjective(AdversarialNetworks& networksIn, const WganRecipe& recipeIn,
                             std::uint64_t seedIn)
    : networks(networksIn)
    , recipe(recipeIn)
    , seed(seedIn)
    , generatorOptimizer(adam(networks.generator(), recipe.generatorRate, recipe))
    , criticOptimizer(adam(networks.critic(), recipe.criticRate, recipe))
{
    if (recipe.averaging > 0.0)
        average = std::make_unique<WeightAverage>(networks.generator(), recipe.averaging);
    if (recipe.aloneSteps > 0) {
        aloneOptimizer = std::make_unique<torch::optim::Adam>(
            networks.generator().parameters(), torch::optim::AdamOptions(recipe.aloneRate));
        aloneAverage = std::make_unique<WeightAverage>(networks.generator(), recipe.aloneAveraging);
        alone = true;
    }
}

Metrics WganObjective::criticStep(const RealBatch& batch)
{
    const auto count = batch.samples.size(0);
    const auto rows = static_cast<double>(count);
    torch::Tensor fake;
    {
        torch::NoGradGuard noGrad;
        fake = networks.generate(batch);
    }
    const auto between = interpolated(batch.samples, fake, torch::rand({count}, fake.options()));

    criticOptimizer->zero_grad();
    double real = 0.0, faked = 0.0, penalty = 0.0, norm = 0.0;
    // Chunk by chunk and loss by loss: the gradients add up to that of the whole batch, and what
    // is kept for them meanwhile fits a processor's cache.
    for (std::int64_t from = 0; from < count; from += recipe.chunk) {
        const auto to = std::min(count, from + recipe.chunk);
        const auto part = batch.rows(from, to);
        const auto ofReal = networks.score(part.samples, part);
        auto loss = -ofReal.sum();
        if (recipe.driftWeight > 0.0)
            loss = loss + recipe.driftWeight * ofReal.square().sum();
        (loss / rows).backward();

        const auto ofFake = networks.score(fake.slice(0, from, to), part);
        (ofFake.sum() / rows).backward();

        const auto slope =
            gradientPenalty([&](const torch::Tensor& x) { return networks.score(x, part); },
                            between.slice(0, from, to));
        (slope.penalty.sum() * (recipe.penaltyWeight / rows)).backward();

        real += ofReal.sum().item<double>();
        faked += ofFake.sum().item<double>();
        penalty += slope.penalty.sum().item<double>();
        norm += slope.norm.sum().item<double>();
    }
    criticOptimizer->step();
    return {{"critic_real", real / rows},
            {"critic_fake", faked / rows},
            {"penalty", penalty / rows},
            {"gradient_norm", norm / rows}};
}

Metrics WganObjective::generatorStep(std::int64_t step, const RealBatch& batch)
{
    const Frozen critic(networks.critic());
    generatorOptimizer->zero_grad();
    const auto fake = networks.generate(batch);
    // The critic's rows are independent, so its part of the gradient is found chunk by chunk too.
    const auto leaf = fake.detach().requires_grad_();
    const auto count = fake.size(0);
    double score = 0.0;
    for (std::int64_t from = 0; from < count; from += recipe.chunk) {
        const auto to = std::min(count, from + recipe.chunk);
        const auto sum = networks.score(leaf.slice(0, from, to), batch.rows(from, to)).sum();
        (sum * (-recipe.adversarialWeight / static_cast<double>(count))).backward();
        score += sum.item<double>();
    }
    fake.backward(leaf.grad());
    Metrics figures = {{"generator", -score / static_cast<double>(count)}};

    const auto further = networks.furtherLoss(step, 1.0);
    if (further.loss.defined())
        further.loss.backward();
    figures.insert(further.figures.begin(), further.figures.end());

    clipGradient();
    generatorOptimizer->step();
    if (average)
        average->update(networks.generator(), step - recipe.aloneSteps);
    return figures;
}

Metrics WganObjective::aloneStep(std::int64_t step)
{
    const auto progress = static_cast<double>(step) / static_cast<double>(recipe.aloneSteps);
    const auto risen = std::min(1.0, static_cast<double>(step + 1) / 100.0);
    setRate(*aloneOptimizer,
            recipe.aloneRate * risen * std::clamp(2.0 * (1.0 - progress), 0.05, 1.0));
    aloneOptimizer->zero_grad();
    const auto further = networks.furtherLoss(step, progress);
    if (!further.loss.defined())
        throw std::logic_error("These networks have no loss to be trained on alone.");
    further.loss.backward();
    clipGradient();
    aloneOptimizer->step();
    aloneAverage->update(networks.generator(), step);
    auto figures = further.figures;
    // A log has the same columns in all its rows.
    for (const auto* name : {"critic_real", "critic_fake", "penalty", "gradient_norm", "generator"})
        figures[name] = 0.0;
    return figures;
}

void WganObjective::clipGradient()
{
    if (recipe.clip > 0.0)
        torch::nn::utils::clip_grad_norm_(networks.generator().parameters(), recipe.clip);
}

void WganObjective::setGeneratorRate(const Position& position)
{
    const auto steps =
        static_cast<double>(std::max<std::int64_t>(1, position.totalSteps - recipe.aloneSteps));
    const auto done = static_cast<double>(position.step - recipe.aloneSteps) / steps;
    const auto left = recipe.restFrom < 1.0 ? (1.0 - done) / (1.0 - recipe.restFrom) : 1.0;
    setRate(*generatorOptimizer, recipe.generatorRate * std::clamp(left, 0.1, 1.0));
}

Metrics WganObjective::step(const Position& position)
{
    networks.generator().train();
    networks.critic().train();
    alone = position.step < recipe.aloneSteps;
    if (alone)
        return aloneStep(position.step);
    if (position.step == recipe.aloneSteps && aloneAverage) {
        aloneAverage->putInto(networks.generator());
        if (average)
            average = std::make_unique<WeightAverage>(networks.generator(), recipe.averaging);
    }
    setGeneratorRate(position);
    Metrics figures;
    for (std::int64_t i = 0; i < recipe.criticSteps; ++i)
        for (const auto& [name, value] : criticStep(networks.real(position.step, i)))
            figures[name] += value / static_cast<double>(recipe.criticSteps);
    if (position.step < recipe.aloneSteps + recipe.warmUpSteps)
        figures["generator"] = -figures["critic_fake"];
    else
        for (const auto& [name, value] :
             generatorStep(position.step, networks.real(position.step, recipe.criticSteps)))
            figures[name] = value;
    return figures;
}

const WeightAverage* WganObjective::current() const
{
    return alone ? aloneAverage.get() : average.get();
}

Metrics WganObjective::validate()
{
    const AveragedGenerator averaged(networks, current(), randomBits("validation", seed));
    return networks.validate();
}

void WganObjective::epochDone(std::int64_t epoch, bool best, const Metrics& validation)
{
    (void) best, (void) validation; // no figure says which weights sound best: the latest are kept
    const AveragedGenerator averaged(
        networks, current(), randomBits("statistics", seed, {static_cast<std::uint64_t>(epoch)}));
    networks.keep(epoch);
}

void WganObjective::save(torch::serialize::OutputArchive& archive) const
{
    training::save(archive, "generator", networks.generator());
    training::save(archive, "critic", networks.critic());
    training::save(archive, "generatorOptimizer", *generatorOptimizer);
    training::save(archive, "criticOptimizer", *criticOptimizer);
    if (aloneOptimizer)
        training::save(archive, "aloneOptimizer", *aloneOptimizer);
    const auto add = [&](const char* key, const std::unique_ptr<WeightAverage>& weights) {
        if (!weights)
            return;
        torch::serialize::OutputArchive part(archive.compilation_unit());
        weights->save(part);
        archive.write(key, part);
    };
    add("average", average);
    add("aloneAverage", aloneAverage);
    archive.write("alone", c10::IValue(alone));
}

void WganObjective::load(torch::serialize::InputArchive& archive)
{
    training::load(archive, "generator", networks.generator());
    training::load(archive, "critic", networks.critic());
    training::load(archive, "generatorOptimizer", *generatorOptimizer);
    training::load(archive, "criticOptimizer", *criticOptimizer);
    if (aloneOptimizer)
        training::load(archive, "aloneOptimizer", *aloneOptimizer);
    const auto take = [&](const char* key, const std::unique_ptr<WeightAverage>& weights) {
        if (!weights)
            return;
        torch::serialize::InputArchive part;
        archive.read(key, part);
        weights->load(part);
    };
    take("average", average);
    take("aloneAverage", aloneAverage);
    c10::IValue value;
    archive.read("alone", value);
    alone = value.toBool();
}

} // namespace organum::training
