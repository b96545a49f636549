#include "Models/Layers/LeakyRelu.h"
#include "MuseGanReference.h"

#include <catch2/catch.hpp>

using namespace organum;
using namespace organum::models;
using Catch::Matchers::Contains;

namespace
{

MuseGanConfig smallConfig(std::int64_t bars = 2)
{
    MuseGanConfig config;
    config.bars = bars;
    config.noise = 6;
    config.generatorWidth = 32;
    config.criticWidth = 8;
    return config;
}

torch::Tensor latents(const MuseGanConfig& config, std::int64_t batch)
{
    return torch::randn({batch, config.vectors(), config.noise});
}

torch::Tensor pieces(const MuseGanConfig& config, std::int64_t batch)
{
    return torch::tanh(torch::randn({batch, config.bars, 16, 84, config.tracks}));
}

/** Larger weights than the book's: with those all outputs of a fresh network are nearly alike. */
void makeLively(torch::nn::Module& module)
{
    initialiseNormal(module, 0.3);
    torch::NoGradGuard noGrad;
    for (auto& item : module.named_buffers())
        if (item.key().find("running_var") != std::string::npos)
            item.value().uniform_(0.5, 2.0);
}

double difference(const torch::Tensor& a, const torch::Tensor& b)
{
    REQUIRE(a.sizes() == b.sizes());
    return (a - b).abs().max().item<double>();
}

/** Largest difference of two gradients as a share of the second's largest value. */
double relative(const torch::Tensor& a, const torch::Tensor& b)
{
    return difference(a, b) / (b.abs().max().item<double>() + 1e-12);
}

std::vector<torch::Tensor> gradientsOf(const torch::nn::Module& module)
{
    std::vector<torch::Tensor> gradients;
    for (auto& parameter : module.parameters()) {
        gradients.push_back(parameter.grad().defined() ? parameter.grad().clone()
                                                       : torch::zeros_like(parameter));
        parameter.mutable_grad() = torch::Tensor();
    }
    return gradients;
}

void checkSameGradients(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b,
                        const torch::nn::Module& module)
{
    const auto names = module.named_parameters().keys();
    for (std::size_t i = 0; i < a.size(); ++i) {
        INFO(names[i]);
        CHECK((a[i] - b[i]).abs().max().item<double>() <=
              2e-4 * b[i].abs().max().item<double>() + 1e-5);
    }
}

} // namespace

TEST_CASE("MuseGAN has the parameters of the book's layers", "[musegan]")
{
    const auto conv = [](std::int64_t kernel, std::int64_t in, std::int64_t out) {
        return kernel * in * out + out;
    };
    const auto norm = [](std::int64_t channels) { return 2 * channels; };

    const auto temporal = conv(2, 32, 1024) + norm(1024) + conv(1, 1024, 32) + norm(32);
    CHECK(temporal == 101472);
    const auto bar = conv(1, 128, 1024) + norm(1024) // dense
                     + conv(2, 512, 512) + norm(512) // 2 -> 4 steps
                     + conv(2, 512, 256) + norm(256) // 8
                     + conv(2, 256, 256) + norm(256) // 16
                     + conv(7, 256, 256) + norm(256) // 7 pitches
                     + conv(12, 256, 1);             // 84
    CHECK(bar == 1517313);
    MuseGanGenerator generator{MuseGanConfig()};
    CHECK(parameterCount(*generator->chords) == temporal);
    CHECK(parameterCount(*generator->bars[3]) == bar);
    // Chords and four melodies change with time; four tracks.
    CHECK(parameterCount(*generator) == 5 * temporal + 4 * bar);
    CHECK(parameterCount(*generator) == 6576612);

    const auto critic = conv(2, 4, 128) + conv(1, 128, 128)      // along bars
                        + conv(12, 128, 128) + conv(7, 128, 128) // along pitches
                        + conv(2, 128, 128) + conv(2, 128, 128)  // along steps
                        + conv(4, 128, 256) + conv(3, 256, 512)  //
                        + conv(1, 512, 1024) + conv(1, 1024, 1); // dense
    CHECK(parameterCount(*MuseGanCritic(MuseGanConfig())) == critic);
    CHECK(critic == 1446401);
}

TEST_CASE("MuseGAN's tensors have the book's shapes", "[musegan]")
{
    torch::NoGradGuard noGrad;
    const auto bars = GENERATE(2, 3, 5);
    const auto config = smallConfig(bars);
    MuseGanGenerator generator(config);
    MuseGanCritic critic(config);
    const auto made = generator->forward(latents(config, 3));
    CHECK(made.sizes().vec() == std::vector<std::int64_t>{3, bars, 16, 84, 4});
    CHECK(made.abs().max().item<double>() <= 1.0);
    CHECK(critic->forward(made).sizes().vec() == std::vector<std::int64_t>{3});
    CHECK(generator->chords->forward(torch::randn({3, 6})).sizes().vec() ==
          std::vector<std::int64_t>{3, bars, 6});
}

TEST_CASE("A knob changes what its name says and not one bit else", "[musegan]")
{
    torch::NoGradGuard noGrad;
    torch::manual_seed(7);
    const auto config = smallConfig();
    MuseGanGenerator generator(config);
    makeLively(*generator);
    generator->eval();
    const auto before = latents(config, 2);
    const auto original = generator->forward(before);
    const auto changed = [&](std::int64_t row) {
        auto after = before.clone();
        after.select(1, row).normal_();
        return generator->forward(after);
    };
    const auto same = [&](const torch::Tensor& a, std::int64_t track) {
        return a.select(4, track).equal(original.select(4, track));
    };

    for (std::int64_t voice = 0; voice < 4; ++voice)
        for (const auto row : {2 + voice, 6 + voice}) {
            const auto after = changed(row);
            for (std::int64_t track = 0; track < 4; ++track) {
                INFO("vector " << row << ", track " << track);
                CHECK(same(after, track) == (track != voice));
            }
            CHECK(after.select(4, voice).equal(generator->track(
                      [&] {
                          auto copy = before.clone();
                          copy.select(1, row) = 0.0;
                          return copy;
                      }(),
                      voice)) == false);
        }
    for (const auto row : {0, 1})
        for (std::int64_t track = 0; track < 4; ++track)
            CHECK_FALSE(same(changed(row), track));
    for (std::int64_t track = 0; track < 4; ++track)
        CHECK(generator->track(before, track).equal(original.select(4, track)));
}

TEST_CASE("Style and groove say the same to every bar, chords and melody do not", "[musegan]")
{
    torch::NoGradGuard noGrad;
    torch::manual_seed(8);
    const auto config = smallConfig(3);
    MuseGanGenerator generator(config);
    makeLively(*generator);
    generator->eval();
    const auto differs = [](const torch::Tensor& piece) {
        return (piece.select(1, 0) - piece.select(1, 1)).abs().max().item<double>();
    };
    // With weights of 0 behind them, chords and melodies are the same in all bars; what style and
    // groove then say must be too, but for the last bit: products of many rows at once may add up
    // in another order.
    constexpr double lastBit = 1e-6;
    auto values = latents(config, 1);
    for (auto* network : {&generator->chords, &generator->melodies[0]})
        (*network)->second->weight.zero_();
    const auto alike = generator->track(values, 0);
    CHECK(differs(alike) < lastBit);
    values.select(1, 1).normal_();
    values.select(1, 6).normal_();
    const auto other = generator->track(values, 0);
    CHECK(differs(other) < lastBit);
    CHECK_FALSE(other.equal(alike));
    makeLively(*generator);
    CHECK(differs(generator->forward(values)) > 1000.0 * lastBit);
}

TEST_CASE("The critic's matrix products are the book's three-dimensional convolutions", "[musegan]")
{
    torch::manual_seed(3);
    const auto config = smallConfig(GENERATE(2, 3));
    MuseGanCritic critic(config);
    makeLively(*critic);
    const auto fast = pieces(config, 3).requires_grad_();
    const auto plain = fast.detach().clone().requires_grad_();
    const auto fastScores = critic->forward(fast);
    fastScores.square().sum().backward();
    const auto fastGradients = gradientsOf(*critic);
    const auto plainScores = test::critic(critic, plain);
    plainScores.square().sum().backward();
    CHECK(relative(fastScores, plainScores) < 1e-4);
    CHECK(relative(fast.grad(), plain.grad()) < 1e-4);
    checkSameGradients(fastGradients, gradientsOf(*critic), *critic);
}

TEST_CASE("So are their second derivatives, which the penalty needs", "[musegan]")
{
    torch::manual_seed(4);
    const auto config = smallConfig();
    MuseGanCritic critic(config);
    makeLively(*critic);
    const auto data = pieces(config, 2);
    const auto penalty = [&](auto score) {
        const auto x = data.clone().requires_grad_();
        const auto gradient =
            torch::autograd::grad({score(x).sum()}, {x}, {}, c10::nullopt, true).front();
        const auto value = (gradient.flatten(1).norm(2, 1) - 1.0).square().sum();
        value.backward();
        return value.template item<double>();
    };
    const auto fast = penalty([&](const torch::Tensor& x) { return critic->forward(x); });
    const auto fastGradients = gradientsOf(*critic);
    const auto plain = penalty([&](const torch::Tensor& x) { return test::critic(critic, x); });
    CHECK(fast == Approx(plain).epsilon(1e-4));
    checkSameGradients(fastGradients, gradientsOf(*critic), *critic);
}

TEST_CASE("The generator's matrix products are the book's transposed convolutions", "[musegan]")
{
    torch::manual_seed(5);
    const auto config = smallConfig(GENERATE(2, 4));
    MuseGanGenerator generator(config);
    makeLively(*generator);
    const auto noise = torch::randn({5, config.noise});
    const auto fast = generator->chords->forward(noise);
    fast.square().sum().backward();
    const auto fastGradients = gradientsOf(*generator->chords);
    const auto plain = test::temporalNetwork(generator->chords, noise);
    plain.square().sum().backward();
    CHECK(relative(fast, plain) < 1e-4);
    checkSameGradients(fastGradients, gradientsOf(*generator->chords), *generator->chords);

    auto& bar = generator->bars[1];
    const auto vectors = torch::randn({6, 4 * config.noise});
    const auto weights = torch::randn({6, 16, 84});
    const auto fastBar = bar->forward(vectors);
    (fastBar * weights).sum().backward();
    const auto fastOfBar = gradientsOf(*bar);
    const auto plainBar = test::barGenerator(bar, vectors);
    (plainBar * weights).sum().backward();
    CHECK(difference(fastBar, plainBar) < 1e-4);
    const auto plainOfBar = gradientsOf(*bar);
    const auto names = bar->named_parameters().keys();
    for (std::size_t i = 0; i < names.size(); ++i) {
        INFO(names[i]);
        // What stands before a batch norm has no bias to speak of: its gradient is 0 but for
        // rounding.
        const auto margin = names[i].find("bias") != std::string::npos ? 2e-3 : 1e-5;
        CHECK((fastOfBar[i] - plainOfBar[i]).abs().max().item<double>() <=
              1e-3 * plainOfBar[i].abs().max().item<double>() + margin);
    }
}

TEST_CASE("Batch norms follow Keras: momentum 0.9, epsilon 0.001", "[musegan]")
{
    torch::manual_seed(6);
    const auto config = smallConfig();
    MuseGanGenerator generator(config);
    auto& norm = generator->bars[0]->norms[0];
    const auto vectors = torch::randn({50, 4 * config.noise});
    generator->bars[0]->forward(vectors);
    const auto seen = generator->bars[0]->dense->forward(vectors);
    CHECK(difference(norm->running_mean, 0.1 * seen.mean(0)) < 1e-6);
    CHECK(difference(norm->running_var, 0.9 + 0.1 * seen.var(0)) < 1e-5);
    CHECK(norm->options.eps() == 1e-3);
}

TEST_CASE("Its weights begin as the book's: N(0, 0.02), no bias", "[musegan]")
{
    torch::manual_seed(1);
    MuseGanCritic critic{MuseGanConfig()};
    const auto weight = critic->convolutions()[2]->weight;
    CHECK(weight.mean().item<double>() == Approx(0.0).margin(2e-4));
    CHECK(weight.std().item<double>() == Approx(0.02).epsilon(0.01));
    CHECK(critic->dense->bias.abs().max().item<double>() == 0.0);
    MuseGanGenerator generator(smallConfig());
    CHECK(generator->bars[0]->norms[2]->weight.eq(1.0).all().item<bool>());
}

TEST_CASE("'Same' padding gives the odd zero to the end", "[musegan]")
{
    AxisConvolution layer(AxisConvolutionOptions{1, 1, 3, 2, true});
    torch::NoGradGuard noGrad;
    layer->bias.zero_();
    layer->weight.copy_(torch::tensor({{1.0f}, {10.0f}, {100.0f}}));
    const auto results = [&](std::vector<float> x) {
        const auto length = static_cast<std::int64_t>(x.size());
        const auto y = layer->forward(torch::tensor(x).view({1, length, 1})).flatten();
        return std::vector<float>(y.data_ptr<float>(), y.data_ptr<float>() + y.numel());
    };
    CHECK(results({1, 2}) == std::vector<float>{21});            // 1 2 [0]
    CHECK(results({1, 2, 3}) == std::vector<float>{210, 32});    // [0] 1 2, 2 3 [0]
    CHECK(results({1, 2, 3, 4}) == std::vector<float>{321, 43}); // 1 2 3, 3 4 [0]
}

TEST_CASE("A leaky rectifier hands no second derivative down", "[musegan]")
{
    const auto x = torch::tensor({-2.0, -0.5, 0.0, 3.0}, torch::kFloat64).requires_grad_();
    const auto y = leakyRelu(x, 0.3);
    CHECK(y.equal(torch::leaky_relu(x, 0.3)));
    const auto slope = torch::autograd::grad({(y * y).sum()}, {x}, {}, c10::nullopt, true).front();
    CHECK(
        slope.equal(torch::tensor({-2.0 * 2 * 0.09, -0.5 * 2 * 0.09, 0.0, 6.0}, torch::kFloat64)));
    // d/dx of (2 f f') is 2 f'^2.
    const auto second = torch::autograd::grad({slope.sum()}, {x}).front();
    CHECK(difference(second, torch::tensor({0.18, 0.18, 0.18, 2.0}, torch::kFloat64)) < 1e-12);
    CHECK_THROWS_WITH(leakyRelu(x, 0.0), Contains("slope"));
}

TEST_CASE("Impossible MuseGANs are refused with a sentence", "[musegan]")
{
    const auto refuses = [](auto change, const std::string& word) {
        MuseGanConfig config;
        change(config);
        CHECK_THROWS_WITH(MuseGanGenerator(config), Contains(word));
        CHECK_THROWS_WITH(MuseGanCritic(config), Contains(word));
    };
    refuses([](auto& c) { c.bars = 1; }, "bars is 1");
    refuses([](auto& c) { c.tracks = 0; }, "tracks");
    refuses([](auto& c) { c.noise = 0; }, "noise");
    refuses([](auto& c) { c.generatorWidth = 30; }, "multiple of 4");
    refuses([](auto& c) { c.criticWidth = 0; }, "critic");
    CHECK_THROWS_WITH(AxisTransposedConvolution(AxisConvolutionOptions{1, 1, 4, 2}),
                      Contains("stride"));
    AxisConvolution wide(AxisConvolutionOptions{1, 1, 4, 1});
    CHECK_THROWS_WITH(wide->forward(torch::zeros({1, 3, 1})), Contains("length 3"));
}
