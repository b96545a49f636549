#include "Models/Music/AttentionLstm.h"

#include "Models/Layers/KerasInitialisers.h"

#include <stdexcept>
#include <string>
#include <tuple>

namespace organum::models
{

AttentionLstmState AttentionLstmState::zero(std::int64_t batch, std::int64_t units,
                                            const torch::TensorOptions& options)
{
    const auto rows = [&] { return torch::zeros({batch, units}, options); };
    return {rows(), rows(), rows(), rows(), torch::zeros({batch, 1}, options), rows()};
}

AttentionLstmState AttentionLstmState::detached() const
{
    return {hidden1.detach(), cell1.detach(),     hidden2.detach(),
            cell2.detach(),   weightSum.detach(), weightedSum.detach()};
}

AttentionLstmState AttentionLstmState::masked(const torch::Tensor& keep) const
{
    const auto column = keep.unsqueeze(1);
    return {hidden1 * column, cell1 * column,     hidden2 * column,
            cell2 * column,   weightSum * column, weightedSum * column};
}

AttentionLstmImpl::AttentionLstmImpl(const AttentionLstmConfig& configIn)
    : config(configIn)
{
    const auto positive = [](std::int64_t value, const char* what) {
        if (value < 1)
            throw std::invalid_argument("The attention-LSTM's number of " + std::string(what) +
                                        " is " + std::to_string(value) +
                                        "; it must be at least 1.");
    };
    positive(config.pitches, "pitches");
    positive(config.durations, "durations");
    positive(config.embedSize, "embedding dimensions");
    positive(config.units, "units");
    if (!(config.dropout >= 0.0 && config.dropout < 1.0))
        throw std::invalid_argument("The attention-LSTM's dropout must be at least 0 and below 1.");

    using torch::nn::LSTMOptions;
    pitchEmbedding =
        register_module("pitchEmbedding", torch::nn::Embedding(config.pitches, config.embedSize));
    durationEmbedding = register_module("durationEmbedding",
                                        torch::nn::Embedding(config.durations, config.embedSize));
    lstm1 = register_module(
        "lstm1",
        torch::nn::LSTM(LSTMOptions(2 * config.embedSize, config.units).batch_first(true)));
    lstm2 = register_module(
        "lstm2", torch::nn::LSTM(LSTMOptions(config.units, config.units).batch_first(true)));
    if (config.attention)
        alignment = register_module("alignment", torch::nn::Linear(config.units, 1));
    pitchHead = register_module("pitchHead", torch::nn::Linear(config.units, config.pitches));
    durationHead =
        register_module("durationHead", torch::nn::Linear(config.units, config.durations));
}

void AttentionLstmImpl::initialiseAsInTheBook()
{
    initialiseLikeKeras(pitchEmbedding);
    initialiseLikeKeras(durationEmbedding);
    initialiseLikeKeras(lstm1);
    initialiseLikeKeras(lstm2);
    if (config.attention)
        initialiseLikeKeras(alignment);
    initialiseLikeKeras(pitchHead);
    initialiseLikeKeras(durationHead);
}

torch::Tensor AttentionLstmImpl::scores(const torch::Tensor& outputs)
{
    return torch::tanh(alignment->forward(outputs)).squeeze(-1);
}

torch::Tensor AttentionLstmImpl::outputs(const torch::Tensor& pitches,
                                         const torch::Tensor& durations, AttentionLstmState& state)
{
    if (!state.hidden1.defined())
        state = AttentionLstmState::zero(pitches.size(0), config.units,
                                         pitchEmbedding->weight.options().requires_grad(false));
    const auto run = [](torch::nn::LSTM& lstm, const torch::Tensor& in, torch::Tensor& hidden,
                        torch::Tensor& cell) {
        auto result = lstm->forward(in, std::make_tuple(hidden.unsqueeze(0), cell.unsqueeze(0)));
        hidden = std::get<0>(std::get<1>(result)).squeeze(0);
        cell = std::get<1>(std::get<1>(result)).squeeze(0);
        return std::get<0>(result);
    };
    auto x =
        torch::cat({pitchEmbedding->forward(pitches), durationEmbedding->forward(durations)}, -1);
    x = run(lstm1, x, state.hidden1, state.cell1);
    x = torch::dropout(x, config.dropout, is_training());
    x = run(lstm2, x, state.hidden2, state.cell2);
    return torch::dropout(x, config.dropout, is_training());
}

AttentionLstmImpl::Output AttentionLstmImpl::forward(const torch::Tensor& pitches,
                                                     const torch::Tensor& durations)
{
    AttentionLstmState state;
    const auto h = outputs(pitches, durations, state);
    torch::Tensor weights;
    torch::Tensor context;
    if (config.attention) {
        weights = torch::softmax(scores(h), 1);
        context = torch::bmm(weights.unsqueeze(1), h).squeeze(1);
    } else {
        weights = torch::zeros({h.size(0), h.size(1)}, h.options());
        weights.select(1, h.size(1) - 1).fill_(1.0);
        context = h.select(1, h.size(1) - 1);
    }
    return {pitchHead->forward(context), durationHead->forward(context), weights};
}

AttentionLstmImpl::Output AttentionLstmImpl::forwardAll(const torch::Tensor& pitches,
                                                        const torch::Tensor& durations,
                                                        AttentionLstmState& state)
{
    auto context = outputs(pitches, durations, state);
    if (config.attention) {
        const auto weight = torch::exp(scores(context)).unsqueeze(-1);
        const auto sums = torch::cumsum(weight, 1) + state.weightSum.unsqueeze(1);
        const auto weighted = torch::cumsum(weight * context, 1) + state.weightedSum.unsqueeze(1);
        const auto last = weight.size(1) - 1;
        state.weightSum = sums.select(1, last);
        state.weightedSum = weighted.select(1, last);
        context = weighted / sums;
    }
    return {pitchHead->forward(context), durationHead->forward(context), {}};
}

} // namespace organum::models
