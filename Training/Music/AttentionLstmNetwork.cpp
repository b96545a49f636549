#include "Training/Music/AttentionLstmNetwork.h"

#include "Engine/AttentionLstmSteps.h"

namespace organum::training
{

AttentionLstmNetwork::AttentionLstmNetwork(const models::AttentionLstmConfig& config,
                                           std::int64_t windowIn)
    : network(config)
    , window(windowIn)
{
}

std::string AttentionLstmNetwork::config() const
{
    engine::AttentionLstmOptions options;
    options.embedSize = network->config.embedSize;
    options.units = network->config.units;
    options.attention = network->config.attention;
    options.window = window;
    return options.toJson();
}

MusicNetwork::Losses AttentionLstmNetwork::losses(const LaneBatch& batch, Carried& carried)
{
    models::AttentionLstmState state;
    if (!carried.empty()) {
        state = {carried[0], carried[1], carried[2], carried[3], carried[4], carried[5]};
        state = state.masked(batch.keep);
    }
    const auto output = network->forwardAll(batch.pitches, batch.durations, state);
    state = state.detached();
    carried = {state.hidden1, state.cell1,     state.hidden2,
               state.cell2,   state.weightSum, state.weightedSum};
    const auto nll = [](const torch::Tensor& logits, const torch::Tensor& ids) {
        return -torch::log_softmax(logits, -1).gather(-1, ids.unsqueeze(-1)).squeeze(-1);
    };
    return {nll(output.pitchLogits, batch.nextPitches),
            nll(output.durationLogits, batch.nextDurations),
            {}};
}

} // namespace organum::training
