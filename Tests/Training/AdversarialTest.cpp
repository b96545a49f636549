// The adversarial objective on networks small enough to compute by hand.

#include "Circle.h"
#include "Training/Adversarial/AveragedGenerator.h"
#include "Training/Adversarial/GradientPenalty.h"
#include "Training/Adversarial/WganObjective.h"

#include <torch/torch.h>

#include "../Support/CatchAfterTorch.h"

#include <cmath>

using namespace organum::training;
using organum::test::Circle;

namespace
{

double difference(const torch::Tensor& a, const torch::Tensor& b)
{
    REQUIRE(a.sizes() == b.sizes());
    return (a - b).abs().max().item<double>();
}

} // namespace

TEST_CASE("The gradient penalty is what one computes by hand", "[adversarial]")
{
    const auto samples = torch::randn({5, 3}, torch::kFloat64);
    // score = 3 x + 4 z has the slope 5 everywhere: a penalty of 16, and d/dw (|w| - 1)^2 = 2 (|w|
    // - 1) w / |w|.
    const auto weight = torch::tensor({3.0, 0.0, 4.0}, torch::kFloat64).requires_grad_();
    const auto linear =
        gradientPenalty([&](const torch::Tensor& x) { return x.mv(weight); }, samples);
    CHECK(difference(linear.norm, torch::full({5}, 5.0, torch::kFloat64)) < 1e-9);
    CHECK(difference(linear.penalty, torch::full({5}, 16.0, torch::kFloat64)) < 1e-9);
    linear.penalty.mean().backward();
    CHECK(difference(weight.grad(), torch::tensor({2 * 4 * 3.0 / 5, 0.0, 2 * 4 * 4.0 / 5},
                                                  torch::kFloat64)) < 1e-9);
    CHECK_FALSE(linear.norm.requires_grad());

    // score = a |x|^2 has the slope 2 a |x|, and d/da (2 a |x| - 1)^2 = 4 |x| (2 a |x| - 1).
    const auto a = torch::tensor(0.7, torch::kFloat64).requires_grad_();
    const auto quadratic =
        gradientPenalty([&](const torch::Tensor& x) { return a * x.square().sum(1); }, samples);
    const auto length = samples.norm(2, 1);
    CHECK(difference(quadratic.norm, 1.4 * length) < 1e-9);
    CHECK(difference(quadratic.penalty, (1.4 * length - 1.0).square()) < 1e-9);
    quadratic.penalty.sum().backward();
    CHECK(a.grad().item<double>() ==
          Approx((4.0 * length * (1.4 * length - 1.0)).sum().item<double>()));
}

TEST_CASE("Samples of more dimensions have one norm each", "[adversarial]")
{
    const auto samples = torch::zeros({2, 2, 3, 2});
    const auto slope =
        gradientPenalty([](const torch::Tensor& x) { return x.flatten(1).sum(1) * 2.0; }, samples);
    CHECK(difference(slope.norm, torch::full({2}, 2.0 * std::sqrt(12.0))) < 1e-5);
    // A critic without a slope can be pushed off.
    const auto weight = torch::zeros({3}).requires_grad_();
    gradientPenalty([&](const torch::Tensor& x) { return x.mv(weight); }, torch::randn({2, 3}))
        .penalty.sum()
        .backward();
    CHECK(weight.grad().isfinite().all().item<bool>());
}

TEST_CASE("Interpolates lie on the way from generated to real", "[adversarial]")
{
    const auto real = torch::randn({3, 2, 2}), fake = torch::randn({3, 2, 2});
    const auto between = interpolated(real, fake, torch::tensor({0.0f, 1.0f, 0.25f}));
    CHECK(difference(between[0], fake[0]) < 1e-6);
    CHECK(difference(between[1], real[1]) < 1e-6);
    CHECK(difference(between[2], 0.25 * real[2] + 0.75 * fake[2]) < 1e-6);
}

TEST_CASE("The critic's chunks change its speed alone", "[adversarial]")
{
    std::vector<torch::Tensor> weights;
    Metrics figures;
    for (const auto chunk : {7, 128}) {
        Circle circle;
        WganRecipe recipe;
        recipe.chunk = chunk;
        WganObjective objective(circle, recipe, 1);
        torch::manual_seed(3);
        const auto batch = circle.real(0, 0);
        const auto ofCritic = objective.criticStep(batch);
        const auto ofGenerator = objective.generatorStep(0, batch);
        auto now = circle.judges->parameters();
        const auto made = circle.makes->parameters();
        now.insert(now.end(), made.begin(), made.end());
        if (weights.empty()) {
            for (const auto& weight : now)
                weights.push_back(weight.clone());
            figures = ofCritic;
            figures.insert(ofGenerator.begin(), ofGenerator.end());
            continue;
        }
        for (std::size_t i = 0; i < now.size(); ++i)
            CHECK(difference(now[i], weights[i]) < 2e-4);
        for (const auto& part : {ofCritic, ofGenerator})
            for (const auto& [name, value] : part)
                CHECK(value == Approx(figures.at(name)).epsilon(1e-4).margin(1e-6));
    }
}

TEST_CASE("Each half of a step moves its own network, the right way", "[adversarial]")
{
    Circle circle;
    WganRecipe recipe;
    recipe.penaltyWeight = 0.1;
    WganObjective objective(circle, recipe, 1);
    torch::manual_seed(5);
    const auto batch = circle.real(0, 0);
    const auto copies = [](const torch::nn::Module& module) {
        std::vector<torch::Tensor> all;
        for (const auto& parameter : module.parameters())
            all.push_back(parameter.clone());
        return all;
    };
    const auto same = [&](const torch::nn::Module& module, const std::vector<torch::Tensor>& as) {
        const auto now = module.parameters();
        for (std::size_t i = 0; i < now.size(); ++i)
            if (!now[i].equal(as[i]))
                return false;
        return true;
    };

    auto makes = copies(circle.generator()), judges = copies(circle.critic());
    const auto before = objective.criticStep(batch);
    CHECK(same(circle.generator(), makes));
    CHECK_FALSE(same(circle.critic(), judges));
    for (int i = 0; i < 20; ++i)
        objective.criticStep(batch);
    const auto after = objective.criticStep(batch);
    CHECK(after.at("critic_real") - after.at("critic_fake") >
          before.at("critic_real") - before.at("critic_fake") + 0.05);

    judges = copies(circle.critic());
    makes = copies(circle.generator());
    const auto first = objective.generatorStep(0, batch).at("generator");
    CHECK(same(circle.critic(), judges));
    CHECK_FALSE(same(circle.generator(), makes));
    for (int i = 1; i < 20; ++i)
        objective.generatorStep(i, batch);
    CHECK(objective.generatorStep(20, batch).at("generator") < first);
    for (const auto& parameter : circle.critic().parameters())
        CHECK(parameter.requires_grad());
}

TEST_CASE("A strong penalty holds the critic's slope near one", "[adversarial]")
{
    Circle circle;
    WganRecipe recipe;
    WganObjective objective(circle, recipe, 1);
    torch::manual_seed(6);
    Metrics figures;
    for (int i = 0; i < 150; ++i)
        figures = objective.criticStep(circle.real(0, 0));
    CHECK(figures.at("gradient_norm") == Approx(1.0).margin(0.15));
    CHECK(figures.at("penalty") < 0.1);
}

TEST_CASE("It learns a circle within seconds", "[adversarial]")
{
    Circle circle;
    WganRecipe recipe;
    recipe.chunk = 128;
    recipe.generatorRate = recipe.criticRate = 2e-3;
    recipe.penaltyWeight = 1.0;
    recipe.restFrom = 0.5;
    recipe.averaging = 0.98;
    WganObjective objective(circle, recipe, 1);
    objective.epochDone(0, true, {});
    CHECK(circle.keptRadius < 1.0);
    Position position;
    position.totalSteps = 400;
    for (; position.step < position.totalSteps; ++position.step) {
        torch::manual_seed(static_cast<std::uint64_t>(position.step));
        objective.step(position);
    }
    objective.epochDone(1, true, {});
    CHECK(circle.keptRadius == Approx(Circle::radius).margin(0.25));
    CHECK(circle.keptCentre < 0.4); // everywhere on it, not in one place
}

TEST_CASE("What is kept is the average with statistics of its own; training goes on untouched",
          "[adversarial]")
{
    Circle circle(true);
    WganRecipe recipe;
    recipe.averaging = 0.9;
    recipe.criticSteps = 1;
    WganObjective objective(circle, recipe, 1);
    torch::manual_seed(9);
    Position position;
    for (; position.step < 12; ++position.step)
        objective.step(position);
    const auto weight = circle.makes->parameters().front().clone();
    const auto buffers = circle.makes->buffers();
    std::vector<torch::Tensor> before;
    for (const auto& buffer : buffers)
        before.push_back(buffer.clone());

    objective.epochDone(3, true, {});
    CHECK(circle.kept == 3);
    CHECK_FALSE(circle.wasTraining);
    CHECK_FALSE(circle.keptWeight.equal(weight));
    CHECK(circle.makes->parameters().front().equal(weight));
    for (std::size_t i = 0; i < buffers.size(); ++i)
        CHECK(buffers[i].equal(before[i]));
    CHECK(circle.makes->is_training());
    // The noise is N(0, 1), so the first layer's outputs have the mean of its bias.
    const AveragedGenerator plain(circle, nullptr, 1);
    CHECK(circle.keptMean.size(0) == 32);
    CHECK((circle.keptMean - circle.makes->parameters()[1]).abs().max().item<double>() < 0.2);

    const auto again = circle.keptMean.clone();
    objective.epochDone(3, true, {});
    CHECK(circle.keptMean.equal(again));
}

TEST_CASE("Steps alone come first; adversarial training starts from their average", "[adversarial]")
{
    /** Has to send (1, 1) to (3, 4), too. */
    struct Sends : Circle
    {
        FurtherLoss furtherLoss(std::int64_t, double progress) override
        {
            seen.push_back(progress);
            const auto wrong = (makes->forward(torch::ones({1, 2})) - torch::tensor({{3.0f, 4.0f}}))
                                   .square()
                                   .sum();
            return {wrong, {{"wrong", wrong.item<double>()}}};
        }
        Metrics validate() override { return {{"wrong", furtherLoss(0, 1.0).figures.at("wrong")}}; }
        std::vector<double> seen;
    };
    Sends sends;
    const auto critic = sends.judges->parameters().front().clone();
    WganRecipe recipe;
    recipe.aloneSteps = 200;
    recipe.aloneRate = 0.01;
    recipe.aloneAveraging = 0.9;
    recipe.criticSteps = 1;
    recipe.generatorRate = 0.0;
    recipe.averaging = 0.5;
    WganObjective objective(sends, recipe, 1);
    Position position;
    position.totalSteps = 210;
    Metrics figures;
    for (; position.step < recipe.aloneSteps; ++position.step)
        figures = objective.step(position);
    CHECK(figures.at("wrong") < 0.1);
    CHECK(figures.count("critic_real") == 1);
    CHECK(sends.seen.front() == 0.0);
    CHECK(sends.seen.back() == Approx(199.0 / 200.0));
    CHECK(critic.equal(sends.judges->parameters().front()));

    objective.epochDone(0, true, {});
    const auto average = sends.keptWeight;
    CHECK_FALSE(average.equal(sends.makes->parameters().front()));
    objective.step(position);
    CHECK(sends.seen.back() == 1.0);
    CHECK(average.equal(sends.makes->parameters().front()));
    CHECK_FALSE(critic.equal(sends.judges->parameters().front()));
    CHECK(objective.validate().at("wrong") < 0.1);
}

TEST_CASE("A checkpoint holds all that the next step depends on", "[adversarial]")
{
    const auto run = [](WganObjective& objective, std::int64_t from, std::int64_t to) {
        Position position;
        position.totalSteps = 40;
        for (position.step = from; position.step < to; ++position.step) {
            torch::manual_seed(static_cast<std::uint64_t>(position.step));
            objective.step(position);
        }
    };
    WganRecipe recipe;
    recipe.averaging = 0.9;
    recipe.criticSteps = 2;
    recipe.restFrom = 0.5;
    recipe.aloneSteps = GENERATE(0, 5, 12);
    recipe.warmUpSteps = 3;
    struct Heavy : Circle
    {
        FurtherLoss furtherLoss(std::int64_t, double) override
        {
            return {makes->forward(torch::randn({8, 2})).square().mean(), {}};
        }
    };
    Heavy whole, first, second;
    WganObjective straight(whole, recipe, 1), broken(first, recipe, 1), resumed(second, recipe, 1);
    run(straight, 0, 20);
    run(broken, 0, 9);
    std::stringstream bytes;
    {
        torch::serialize::OutputArchive archive;
        broken.save(archive);
        archive.save_to(bytes);
    }
    torch::serialize::InputArchive archive;
    archive.load_from(bytes);
    resumed.load(archive);
    run(resumed, 9, 20);
    straight.epochDone(0, true, {});
    resumed.epochDone(0, true, {});
    CHECK(whole.keptWeight.equal(second.keptWeight));
    const auto a = whole.judges->parameters(), b = second.judges->parameters();
    for (std::size_t i = 0; i < a.size(); ++i)
        CHECK(a[i].equal(b[i]));
}
