#include "Models/Music/AttentionLstm.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>

using namespace organum;

namespace
{

constexpr std::int64_t steps = 7;

const nlohmann::json& golden()
{
    static const auto json = [] {
        std::ifstream in(ORGANUM_GOLDEN);
        return nlohmann::json::parse(in);
    }();
    return json;
}

/** The golden script's network and weights. */
models::AttentionLstm network(bool attention = true)
{
    models::AttentionLstmConfig config;
    config.pitches = 6;
    config.durations = 4;
    config.embedSize = 3;
    config.units = 5;
    config.attention = attention;
    models::AttentionLstm net(config);
    torch::NoGradGuard noGrad;
    int k = 0;
    for (auto& parameter : net->parameters()) {
        auto values = parameter.flatten();
        for (std::int64_t i = 0; i < values.numel(); ++i)
            values[i] =
                static_cast<float>(0.6 * std::sin(1.7 * k + 0.61 * static_cast<double>(i) + 0.3));
        ++k;
    }
    return net;
}

torch::Tensor ids(const char* name)
{
    const auto values = golden()[name].get<std::vector<float>>();
    return torch::tensor(values).to(torch::kInt64).reshape({2, steps + 1});
}

double difference(const torch::Tensor& tensor, const nlohmann::json& expected)
{
    const auto values = expected.get<std::vector<double>>();
    const auto flat = tensor.detach().flatten().to(torch::kFloat64);
    REQUIRE(flat.numel() == static_cast<std::int64_t>(values.size()));
    return (flat - torch::tensor(values, torch::kFloat64)).abs().max().item<double>();
}

torch::Tensor bookLoss(models::AttentionLstm& net)
{
    namespace F = torch::nn::functional;
    const auto pitches = ids("pitches"), durations = ids("durations");
    const auto out = net->forward(pitches.slice(1, 0, steps), durations.slice(1, 0, steps));
    return F::cross_entropy(out.pitchLogits, pitches.select(1, steps)) +
           F::cross_entropy(out.durationLogits, durations.select(1, steps));
}

torch::Tensor lossEverywhere(models::AttentionLstm& net)
{
    namespace F = torch::nn::functional;
    const auto pitches = ids("pitches"), durations = ids("durations");
    models::AttentionLstmState state;
    const auto out =
        net->forwardAll(pitches.slice(1, 0, steps), durations.slice(1, 0, steps), state);
    return F::cross_entropy(out.pitchLogits.flatten(0, 1), pitches.slice(1, 1).flatten()) +
           F::cross_entropy(out.durationLogits.flatten(0, 1), durations.slice(1, 1).flatten());
}

void checkTenSteps(torch::Tensor (*lossOf)(models::AttentionLstm&), models::AttentionLstm net,
                   torch::optim::Optimizer& optimizer, const nlohmann::json& expected)
{
    for (int step = 0; step < 10; ++step) {
        optimizer.zero_grad();
        const auto loss = lossOf(net);
        CHECK(
            loss.item<double>() ==
            Approx(expected["losses"][static_cast<std::size_t>(step)].get<double>()).epsilon(1e-5));
        loss.backward();
        optimizer.step();
    }
    for (const auto& item : net->named_parameters()) {
        INFO(item.key());
        CHECK(difference(item.value(), expected["weights"][item.key()]) < 1e-4);
    }
}

} // namespace

TEST_CASE("The attention-LSTM computes what PyTorch computes", "[golden]")
{
    auto net = network();
    const auto pitches = ids("pitches").slice(1, 0, steps);
    const auto durations = ids("durations").slice(1, 0, steps);
    const auto out = net->forward(pitches, durations);
    CHECK(difference(out.pitchLogits, golden()["book"]["pitch"]) < 1e-5);
    CHECK(difference(out.durationLogits, golden()["book"]["duration"]) < 1e-5);
    CHECK(difference(out.attention, golden()["book"]["attention"]) < 1e-5);

    models::AttentionLstmState state;
    const auto all = net->forwardAll(pitches, durations, state);
    CHECK(difference(all.pitchLogits, golden()["everywhere"]["pitch"]) < 1e-5);
    CHECK(difference(all.durationLogits, golden()["everywhere"]["duration"]) < 1e-5);
}

TEST_CASE("Its gradients are those of PyTorch", "[golden]")
{
    for (const auto* name : {"book", "everywhere"}) {
        auto net = network();
        const auto loss = name[0] == 'b' ? bookLoss(net) : lossEverywhere(net);
        CHECK(loss.item<double>() == Approx(golden()[name]["loss"].get<double>()).epsilon(1e-5));
        loss.backward();
        for (const auto& item : net->named_parameters()) {
            INFO(name << " " << item.key());
            CHECK(difference(item.value().grad(), golden()[name]["gradients"][item.key()]) < 1e-5);
        }
    }
}

TEST_CASE("The first ten optimiser steps are those of PyTorch", "[golden]")
{
    auto forRms = network();
    torch::optim::RMSprop rms(forRms->parameters(),
                              torch::optim::RMSpropOptions(1e-3).alpha(0.9).eps(1e-7));
    checkTenSteps(bookLoss, forRms, rms, golden()["rmsprop"]);

    auto forAdam = network();
    torch::optim::AdamW adam(
        forAdam->parameters(),
        torch::optim::AdamWOptions(3e-3).betas({0.9, 0.99}).weight_decay(0.01));
    checkTenSteps(lossEverywhere, forAdam, adam, golden()["adam"]);
}

TEST_CASE("A piece read in chunks is the piece read at once", "[attention-lstm]")
{
    const bool attention = GENERATE(true, false);
    auto net = network(attention);
    torch::NoGradGuard noGrad;
    const auto pitches = ids("pitches"), durations = ids("durations");
    models::AttentionLstmState whole, chunked;
    const auto all = net->forwardAll(pitches, durations, whole);
    std::vector<torch::Tensor> parts;
    for (const auto& [from, to] : {std::pair<int, int>{0, 3}, {3, 4}, {4, 8}})
        parts.push_back(
            net->forwardAll(pitches.slice(1, from, to), durations.slice(1, from, to), chunked)
                .pitchLogits);
    CHECK((torch::cat(parts, 1) - all.pitchLogits).abs().max().item<double>() < 1e-6);
    for (int t = 1; t <= 8; ++t) {
        const auto prefix = net->forward(pitches.slice(1, 0, t), durations.slice(1, 0, t));
        CHECK((prefix.pitchLogits - all.pitchLogits.select(1, t - 1)).abs().max().item<double>() <
              1e-6);
        CHECK((prefix.attention.sum(1) - 1.0).abs().max().item<double>() < 1e-6);
    }

    // A row whose state is masked starts anew; the other goes on.
    auto masked = whole.masked(torch::tensor({0.0f, 1.0f}));
    auto kept = whole;
    models::AttentionLstmState fresh;
    const auto a = net->forwardAll(pitches, durations, masked).pitchLogits;
    const auto b = net->forwardAll(pitches, durations, fresh).pitchLogits;
    const auto c = net->forwardAll(pitches, durations, kept).pitchLogits;
    CHECK((a[0] - b[0]).abs().max().item<double>() < 1e-6);
    CHECK((a[1] - c[1]).abs().max().item<double>() < 1e-6);
    CHECK((b[1] - c[1]).abs().max().item<double>() > 1e-4);
}

TEST_CASE("The book's starting weights are Keras'", "[attention-lstm]")
{
    torch::manual_seed(1);
    models::AttentionLstmConfig config;
    config.pitches = 300;
    config.durations = 20;
    models::AttentionLstm net(config);
    net->initialiseAsInTheBook();
    CHECK(net->pitchEmbedding->weight.abs().max().item<double>() <= 0.05);
    const auto named = net->lstm1->named_parameters();
    const auto bias = named["bias_ih_l0"];
    CHECK(bias.slice(0, 256, 512).eq(1.0).all().item<bool>());
    CHECK(bias.sum().item<double>() == Approx(256.0));
    CHECK_FALSE(named["bias_hh_l0"].requires_grad());
    const auto recurrent = named["weight_hh_l0"];
    CHECK((recurrent.t().mm(recurrent) - torch::eye(256)).abs().max().item<double>() < 1e-4);
    const auto limit = std::sqrt(6.0 / (200.0 + 4.0 * 256.0));
    const auto largest = named["weight_ih_l0"].abs().max().item<double>();
    CHECK(largest <= limit + 1e-6);
    CHECK(largest > 0.99 * limit);
    CHECK(net->pitchHead->bias.abs().max().item<double>() == 0.0);
}

TEST_CASE("Impossible sizes are refused with a sentence", "[attention-lstm]")
{
    models::AttentionLstmConfig config;
    config.pitches = 0;
    config.durations = 4;
    CHECK_THROWS_WITH(models::AttentionLstm(config), Catch::Matchers::Contains("pitches is 0"));
    config.pitches = 4;
    config.dropout = 1.0;
    CHECK_THROWS_WITH(models::AttentionLstm(config), Catch::Matchers::Contains("dropout"));
}
