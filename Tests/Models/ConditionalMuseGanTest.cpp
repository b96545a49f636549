#include "Models/Music/ConditionalMuseGan.h"

#include <catch2/catch.hpp>

using namespace organum;
using namespace organum::models;
using Catch::Matchers::Contains;
using Config = ConditionalMuseGanConfig;

namespace
{

BarSurroundings surroundings(std::int64_t n)
{
    BarSurroundings result;
    result.previous = torch::randint(Config::classes, {n, Config::contextSteps, 4}, torch::kInt64);
    result.histogram = torch::rand({n, 12});
    result.histogram /= result.histogram.sum(1, true);
    result.key = torch::randint(12, {n}, torch::kInt64);
    result.flags = torch::zeros({n, 2});
    result.given = torch::full({n, Config::steps, 4}, Config::open, torch::kInt64);
    return result;
}

BarVectors noise(std::int64_t n, std::int64_t z = 32)
{
    return {torch::randn({n, z}), torch::randn({n, z}), torch::randn({4, n, z}),
            torch::randn({4, n, z})};
}

/** A network with something to say: fresh weights let every voice hold its note for ever. */
ConditionalMuseGan lively()
{
    ConditionalMuseGan network;
    torch::NoGradGuard noGrad;
    for (auto& parameter : network->parameters())
        parameter.mul_(2.5);
    network->priorMelody->weight.normal_(0.0, 0.1);
    network->eval();
    return network;
}

torch::Tensor lastOf(const BarSurroundings& heard)
{
    return torch::one_hot(heard.previous.select(1, Config::contextSteps - 1), Config::tokens)
        .to(torch::kFloat32)
        .transpose(0, 1);
}

/** [N, 16, 4] tokens. */
torch::Tensor sung(ConditionalMuseGan& network, const BarSurroundings& heard,
                   const BarVectors& wished)
{
    torch::NoGradGuard noGrad;
    const auto context = network->hear(heard);
    const auto outline = network->outline(context, network->vectors(context, wished));
    return network->sing(outline, lastOf(heard), heard.given).argmax(-1);
}

torch::Tensor cellsThatDiffer(const torch::Tensor& a, const torch::Tensor& b)
{
    return (a != b).sum(torch::IntArrayRef({0, 1})); // [4]
}

std::int64_t parametersOf(const torch::nn::Module& module)
{
    std::int64_t count = 0;
    for (const auto& parameter : module.parameters())
        count += parameter.numel();
    return count;
}

} // namespace

TEST_CASE("The conditional network has the layers it says it has", "[conditional]")
{
    const auto linear = [](std::int64_t in, std::int64_t out) { return in * out + out; };
    const auto voices = [&](std::int64_t in, std::int64_t out) { return 4 * linear(in, out); };
    const auto hears = 4 * 45 * 24 + linear(4 * 96, 128) + linear(2 * 128, 192) +
                       linear(3 * 96, 64) + linear(1024, 64) + linear(768 + 12 + 12 + 2 + 64, 256);
    const auto prior = linear(256, 128) + linear(128, 64) + voices(256, 64);
    const auto plans = linear(256 + 64, 768) + (192 * 160 * 2 + 160) + (160 * 128 * 2 + 128) +
                       linear(3 * (128 + 64), 128);
    const auto sings = voices(64, 160) + voices(160, 16 * 48) + voices(256 + 64, 128) +
                       voices(128 + 48 + 16, 384) + voices(128, 384) + 4 * 45 * 384 + 4 * 16 * 16 +
                       voices(256, 96) + voices(96, 44);
    CHECK(parametersOf(*ConditionalMuseGan()) == hears + prior + plans + sings);
    CHECK(parametersOf(*ConditionalMuseGanEncoder()) == 1030560);
    Config config;
    config.noise = 0;
    CHECK_THROWS_WITH(ConditionalMuseGan(config), Contains("numbers in a vector of noise is 0"));
}

TEST_CASE("Melody and groove of one voice leave the other voices of the bar as they are",
          "[conditional]")
{
    torch::manual_seed(1);
    auto network = lively();
    const auto heard = surroundings(6);
    const auto before = noise(6);
    const auto bar = sung(network, heard, before);
    for (std::int64_t voice = 0; voice < 4; ++voice) {
        auto after = before;
        after.melody = before.melody.clone();
        after.melody[voice].normal_();
        auto changed = cellsThatDiffer(bar, sung(network, heard, after));
        CHECK(changed[voice].item<std::int64_t>() > 0);
        CHECK(changed.sum().item<std::int64_t>() == changed[voice].item<std::int64_t>());

        after = before;
        after.groove = before.groove.clone();
        after.groove[voice].normal_();
        changed = cellsThatDiffer(bar, sung(network, heard, after));
        CHECK(changed[voice].item<std::int64_t>() > 0);
        CHECK(changed.sum().item<std::int64_t>() == changed[voice].item<std::int64_t>());
    }
    for (const bool chords : {true, false}) {
        auto after = before;
        (chords ? after.chords : after.style) = torch::randn({6, 32});
        const auto changed = cellsThatDiffer(bar, sung(network, heard, after));
        CHECK(changed.min().item<std::int64_t>() > 0);
    }
}

TEST_CASE("What came before and what is given change the bar", "[conditional]")
{
    torch::manual_seed(2);
    auto network = lively();
    const auto heard = surroundings(4);
    const auto wished = noise(4);
    const auto bar = sung(network, heard, wished);
    CHECK(torch::equal(bar, sung(network, heard, wished)));

    auto other = heard;
    other.previous = surroundings(4).previous;
    CHECK_FALSE(torch::equal(bar, sung(network, other, wished)));
    other = heard;
    other.key = (heard.key + 1) % 12;
    CHECK_FALSE(torch::equal(bar, sung(network, other, wished)));

    auto locked = heard;
    locked.given = heard.given.clone();
    const auto tenor = torch::randint(Config::classes, {4, Config::steps}, torch::kInt64);
    locked.given.select(2, 2).copy_(tenor);
    const auto beside = sung(network, locked, wished);
    CHECK(torch::equal(beside.select(2, 2), tenor));
    const auto changed = cellsThatDiffer(bar, beside);
    for (const std::int64_t voice : {0, 1, 3})
        CHECK(changed[voice].item<std::int64_t>() > 0);
}

TEST_CASE("A bar that was sung and is told again is the same bar", "[conditional]")
{
    torch::manual_seed(3);
    auto network = lively();
    const auto heard = surroundings(5);
    const auto wished = noise(5);
    const auto bar = sung(network, heard, wished);
    torch::NoGradGuard noGrad;
    const auto context = network->hear(heard);
    const auto outline = network->outline(context, network->vectors(context, wished));
    const auto last = heard.previous.select(1, Config::contextSteps - 1);
    const auto logits = network->retell(outline, last, bar, 0.3);
    REQUIRE(logits.sizes() == torch::IntArrayRef({4, 5, 16, 43}));
    CHECK(torch::equal(logits.argmax(-1).permute({1, 2, 0}), bar));
}

TEST_CASE("A sung note is one note, and the knobs feel its gradient", "[conditional]")
{
    torch::manual_seed(4);
    auto network = lively();
    const auto heard = surroundings(3);
    auto wished = noise(3);
    wished.melody.requires_grad_();
    const auto context = network->hear(heard);
    const auto outline = network->outline(context, network->vectors(context, wished));
    const auto notes = network->sing(outline, lastOf(heard), heard.given);
    CHECK((notes.amax(-1) - 1.0).abs().max().item<double>() < 1e-6);
    CHECK((notes.sum(-1) - 1.0).abs().max().item<double>() < 1e-6);
    (notes * torch::randn_like(notes)).sum().backward();
    CHECK(wished.melody.grad().abs().sum(torch::IntArrayRef({1, 2})).min().item<double>() > 0.0);
}

TEST_CASE("The hold bias makes voices move less", "[conditional]")
{
    torch::manual_seed(5);
    auto network = lively();
    const auto heard = surroundings(16);
    const auto wished = noise(16);
    const auto moves = [&](double bias) {
        network->holdBias.fill_(bias);
        const auto bar = sung(network, heard, wished);
        return (bar.slice(1, 1) != bar.slice(1, 0, 15)).sum().item<std::int64_t>();
    };
    const auto calm = moves(4.0), plain = moves(0.0), lively = moves(-4.0);
    CHECK(calm < plain);
    CHECK(plain < lively);
}

TEST_CASE("Divergences of Gaussians are those of the formula", "[conditional]")
{
    const auto standard = torch::zeros({2, 8});
    CHECK(divergence(standard).abs().max().item<double>() < 1e-7);
    // One number with mean 1 and variance e: (1 + e - 1 - 1) / 2.
    const auto one = torch::tensor({{1.0f, 1.0f}});
    CHECK(divergence(one).item<double>() == Approx((std::exp(1.0) - 1.0) / 2.0));
    CHECK(divergence(one, one).abs().item<double>() < 1e-6);
    CHECK(divergence(one, torch::zeros({1, 2})).item<double>() ==
          Approx(divergence(one).item<double>()));

    torch::manual_seed(6);
    const auto gaussian =
        torch::cat({torch::full({20000, 1}, 2.0), torch::full({20000, 1}, -1.0)}, 1);
    const auto draws = sampled(gaussian);
    CHECK(draws.mean().item<double>() == Approx(2.0).margin(0.02));
    CHECK(draws.var().item<double>() == Approx(std::exp(-1.0)).margin(0.02));
}

TEST_CASE("The encoder finds one style for a window and the critic judges rows alone",
          "[conditional]")
{
    torch::manual_seed(7);
    ConditionalMuseGan network;
    ConditionalMuseGanEncoder encoder;
    encoder->eval();
    const auto heard = surroundings(6);
    const auto bars = torch::randint(Config::classes, {6, Config::steps, 4}, torch::kInt64);
    const auto onsets = torch::randint(2, {6, Config::steps, 4}).to(torch::kFloat32);
    const auto found = encoder->forward(bars, onsets, network->hear(heard).vector, 3);
    CHECK(found.gaussians.style.sizes() == torch::IntArrayRef({2, 64}));
    CHECK(found.gaussians.groove.sizes() == torch::IntArrayRef({4, 2, 64}));
    CHECK(found.gaussians.chords.sizes() == torch::IntArrayRef({6, 64}));
    CHECK(found.gaussians.melody.sizes() == torch::IntArrayRef({4, 6, 64}));

    ConditionalMuseGanCritic critic;
    const auto windows =
        torch::one_hot(torch::randint(Config::classes, {5, 48, 4}, torch::kInt64), Config::classes)
            .to(torch::kFloat32);
    const auto together = critic->forward(windows);
    REQUIRE(together.sizes() == torch::IntArrayRef({5}));
    for (std::int64_t row = 0; row < 5; ++row)
        CHECK(critic->forward(windows.slice(0, row, row + 1)).item<double>() ==
              Approx(together[row].item<double>()).margin(1e-5));
    // Every way of hearing reaches the score: notes, held notes, intervals.
    const auto input = windows.clone().requires_grad_();
    critic->forward(input).sum().backward();
    CHECK((input.grad().abs().sum(torch::IntArrayRef({0, 3})) > 0).all().item<bool>());
}
