// The first GAN and WGAN on networks that learn a circle.

#include "Training/Adversarial/GanObjective.h"
#include "Circle.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "../Support/CatchAfterTorch.h"

using namespace organum::training;
using organum::test::Circle;

namespace
{

GanRecipe wgan()
{
    GanRecipe recipe;
    recipe.loss = GanLoss::wasserstein;
    recipe.criticSteps = 5;
    recipe.generatorRate = recipe.criticRate = 0.00005;
    recipe.clip = 0.01;
    return recipe;
}

void train(GanObjective& objective, std::int64_t from, std::int64_t to)
{
    Position position;
    position.totalSteps = to;
    for (position.step = from; position.step < to; ++position.step) {
        torch::manual_seed(static_cast<std::uint64_t>(position.step));
        objective.step(position);
    }
}

double largest(const torch::nn::Module& module)
{
    double value = 0.0;
    for (const auto& parameter : module.parameters())
        value = std::max(value, parameter.detach().abs().max().item<double>());
    return value;
}

} // namespace

TEST_CASE("The first GAN learns a circle within seconds", "[gan]")
{
    Circle circle;
    GanRecipe recipe;
    recipe.generatorRate = 0.0005;
    recipe.criticRate = 0.001;
    GanObjective objective(circle, recipe);
    objective.epochDone(0, true, {});
    CHECK(circle.keptRadius < 1.0);
    CHECK_FALSE(circle.wasTraining);
    // Adversaries swing about what they learn, so the mean of the second half counts.
    constexpr std::int64_t rounds = 12;
    double sum = 0.0;
    for (std::int64_t round = 0; round < rounds; ++round) {
        train(objective, 50 * round, 50 * (round + 1));
        objective.epochDone(round, true, {});
        if (round >= rounds / 2)
            sum += circle.keptRadius;
        UNSCOPED_INFO("radius " << circle.keptRadius);
    }
    CHECK(sum / (rounds / 2) == Approx(Circle::radius).margin(0.3));
}

TEST_CASE("A step's figures are the cross-entropies and accuracies of its scores", "[gan]")
{
    /** Scores whatever it is given with its only weight, and makes zeros. */
    struct Constant : AdversarialNetworks
    {
        explicit Constant(double value)
        {
            judges = torch::nn::Linear(1, 1);
            torch::nn::init::constant_(judges->weight, 0.0);
            torch::nn::init::constant_(judges->bias, value);
        }
        torch::nn::Module& generator() override { return *makes; }
        torch::nn::Module& critic() override { return *judges; }
        RealBatch real(std::int64_t, std::int64_t) override { return {torch::ones({4, 1}), {}}; }
        torch::Tensor generate(const RealBatch& of) override
        {
            modes.push_back(makes->is_training());
            return makes->forward(torch::zeros_like(of.samples));
        }
        torch::Tensor score(const torch::Tensor& samples, const RealBatch&) override
        {
            criticModes.push_back(judges->is_training());
            return judges->forward(samples).squeeze(1);
        }
        void keep(std::int64_t) override {}
        torch::nn::Linear makes{1, 1}, judges{nullptr};
        std::vector<bool> modes, criticModes;
    };
    at::set_num_threads(1);
    Constant networks(2.0);
    GanRecipe recipe;
    recipe.generatorRate = recipe.criticRate = 0.0;
    GanObjective objective(networks, recipe);
    const auto figures = objective.step({});
    CHECK(figures.at("loss_real") == Approx(std::log1p(std::exp(-2.0))));
    CHECK(figures.at("loss_fake") == Approx(2.0 + std::log1p(std::exp(-2.0))));
    CHECK(figures.at("loss_critic") == Approx(1.0 + std::log1p(std::exp(-2.0))));
    CHECK(figures.at("loss_generator") == Approx(std::log1p(std::exp(-2.0))));
    CHECK(figures.at("accuracy_real") == 1.0);
    CHECK(figures.at("accuracy_fake") == 0.0);
    CHECK(figures.at("accuracy") == 0.5);
    CHECK(figures.at("fooled") == 1.0);
    // The critic's fakes are made as Keras' predict() makes them; dropout is on in every step.
    CHECK(networks.modes == std::vector<bool>{false, true});
    CHECK(networks.criticModes == std::vector<bool>{true, true, true});
    CHECK(networks.makes->is_training());

    auto wasserstein = wgan();
    wasserstein.generatorRate = wasserstein.criticRate = 0.0;
    GanObjective clipped(networks, wasserstein);
    const auto scores = clipped.step({});
    // The first update clips the bias, so that only the first real score is still 2.
    CHECK(scores.at("critic_real") == Approx((2.0 + 4 * 0.01) / 5));
    CHECK(scores.at("critic_fake") == Approx(0.01));
    CHECK(scores.at("generator") == Approx(-0.01));
    CHECK(scores.at("largest_weight") == Approx(0.01));
}

TEST_CASE("Real and generated samples are two updates of the critic", "[gan]")
{
    // With RMSprop each update moves a weight by about the rate / sqrt(1 - alpha), whatever the
    // gradient's size; a critic that sees both at once moves by one such step at most.
    Circle circle;
    GanRecipe recipe;
    recipe.criticRate = 0.001;
    GanObjective objective(circle, recipe);
    torch::manual_seed(1);
    std::vector<torch::Tensor> before;
    for (const auto& parameter : circle.critic().parameters())
        before.push_back(parameter.detach().clone());
    objective.criticStep(circle.real(0, 0));
    double moved = 0.0;
    const auto now = circle.critic().parameters();
    for (std::size_t i = 0; i < now.size(); ++i)
        moved = std::max(moved, (now[i] - before[i]).abs().max().item<double>());
    CHECK(moved > 1.1 * 0.001 / std::sqrt(0.1));
}

TEST_CASE("Every weight of WGAN's critic is within 0.01 after every step; statistics are not",
          "[gan]")
{
    Circle circle;
    circle.judges = torch::nn::Sequential(torch::nn::Linear(2, 16), torch::nn::BatchNorm1d(16),
                                          torch::nn::LeakyReLU(), torch::nn::Linear(16, 1));
    GanObjective objective(circle, wgan());
    const auto moments = [&] {
        for (const auto& buffer : circle.judges->named_buffers())
            if (buffer.key().find("running_var") != std::string::npos)
                return buffer.value().clone();
        return torch::Tensor();
    };
    for (int i = 0; i < 10; ++i) {
        const auto figures = objective.criticStep(circle.real(i, 0));
        CHECK(largest(*circle.judges) <= 0.01f);
        CHECK(figures.at("largest_weight") <= 0.01f);
    }
    CHECK(moments().min().item<double>() > 0.01); // still on their way from 1
}

TEST_CASE("Each half of a GAN's step moves its own network", "[gan]")
{
    const auto recipe = GENERATE(GanRecipe(), wgan());
    Circle circle;
    GanObjective objective(circle, recipe);
    torch::manual_seed(5);
    const auto batch = circle.real(0, 0);
    const auto sum = [](const torch::nn::Module& module) {
        double total = 0.0;
        for (const auto& parameter : module.parameters())
            total += parameter.detach().to(torch::kFloat64).sum().item<double>();
        return total;
    };
    auto makes = sum(circle.generator()), judges = sum(circle.critic());
    objective.criticStep(batch);
    CHECK(sum(circle.generator()) == makes);
    CHECK(sum(circle.critic()) != judges);
    judges = sum(circle.critic());
    objective.generatorStep(batch);
    CHECK(sum(circle.generator()) != makes);
    CHECK(sum(circle.critic()) == judges);
    for (const auto& parameter : circle.critic().parameters())
        CHECK(parameter.requires_grad());
}

TEST_CASE("A GAN's checkpoint holds all that the next step depends on", "[gan]")
{
    const auto recipe = GENERATE(GanRecipe(), wgan());
    Circle whole(true), first(true), second(true);
    GanObjective straight(whole, recipe), broken(first, recipe), resumed(second, recipe);
    train(straight, 0, 9);
    train(broken, 0, 4);
    std::stringstream bytes;
    {
        torch::serialize::OutputArchive archive;
        broken.save(archive);
        archive.save_to(bytes);
    }
    torch::serialize::InputArchive archive;
    archive.load_from(bytes);
    resumed.load(archive);
    train(resumed, 4, 9);
    const auto same = [](const torch::nn::Module& a, const torch::nn::Module& b) {
        const auto left = a.named_parameters(), right = b.named_parameters();
        for (const auto& item : left)
            CHECK(item.value().equal(right[item.key()]));
        const auto statistics = b.named_buffers();
        for (const auto& item : a.named_buffers())
            CHECK(item.value().equal(statistics[item.key()]));
    };
    same(*whole.makes, *second.makes);
    same(*whole.judges, *second.judges);
}
