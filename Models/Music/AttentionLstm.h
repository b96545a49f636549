#pragma once

// The book's composer (listing 7.3, figures 7.6 and 7.7): two stacked LSTMs over (chord, duration)
// pairs, attention over all their outputs, one head a stream. Kept to the letter, so that every
// other music network can be measured against it.

#include <torch/torch.h>

#include <cstdint>

namespace organum::models
{

struct AttentionLstmConfig
{
    std::int64_t pitches = 0;   ///< size of the chord vocabulary
    std::int64_t durations = 0; ///< size of the duration vocabulary
    std::int64_t embedSize = 100;
    std::int64_t units = 256;
    double dropout = 0.0;  ///< after each LSTM, in training mode only
    bool attention = true; ///< false: the last LSTM output goes to the heads (plain stacked LSTM)
};

/** What is known after reading some elements: enough to go on as if all had been read at once. */
struct AttentionLstmState
{
    torch::Tensor hidden1, cell1; ///< [B, units]
    torch::Tensor hidden2, cell2; ///< [B, units]
    torch::Tensor weightSum;      ///< [B, 1]: sum of exp(score) over all elements read
    torch::Tensor weightedSum;    ///< [B, units]: sum of exp(score) * output over them

    /** The state before the first element. */
    static AttentionLstmState zero(std::int64_t batch, std::int64_t units,
                                   const torch::TensorOptions& options = {});
    /** The same values, cut from the graph they came from (truncated back-propagation). */
    AttentionLstmState detached() const;
    /** Returns row r as it is where keep[r] is 1, and zeroed where it is 0. keep: [B] of floats. */
    AttentionLstmState masked(const torch::Tensor& keep) const;
};

class AttentionLstmImpl : public torch::nn::Module
{
public:
    struct Output
    {
        torch::Tensor pitchLogits;    ///< [B, pitches], or [B, T, pitches] from forwardAll()
        torch::Tensor durationLogits; ///< [B, durations], or [B, T, durations]
        torch::Tensor attention;      ///< forward(): [B, T], rows sum to 1
    };

    /** Throws std::invalid_argument when a size is not positive or dropout not in [0, 1). */
    explicit AttentionLstmImpl(const AttentionLstmConfig& config);

    /** The book's network: what follows the sequence given. Ids as int64, [B, T], T >= 1. Without
        attention all weight lies on the last element. */
    Output forward(const torch::Tensor& pitches, const torch::Tensor& durations);

    /** What follows each element, given all before it: position t equals forward() over elements
        0..t. The attention's softmax is a pair of running sums; scores are tanh values, so their
        exponentials lie in [1/e, e] and need no shift. `state` is read, then advanced by T
        elements; an undefined state means the beginning. */
    Output forwardAll(const torch::Tensor& pitches, const torch::Tensor& durations,
                      AttentionLstmState& state);

    /** Attention scores e = tanh(w.h + b) of outputs h [B, T, units], as [B, T]. */
    torch::Tensor scores(const torch::Tensor& outputs);

    /** Draws all weights anew as Keras does (the book's recipe). */
    void initialiseAsInTheBook();

    const AttentionLstmConfig config;

    torch::nn::Embedding pitchEmbedding{nullptr};
    torch::nn::Embedding durationEmbedding{nullptr};
    torch::nn::LSTM lstm1{nullptr};
    torch::nn::LSTM lstm2{nullptr};
    torch::nn::Linear alignment{nullptr};
    torch::nn::Linear pitchHead{nullptr};
    torch::nn::Linear durationHead{nullptr};

private:
    torch::Tensor outputs(const torch::Tensor& pitches, const torch::Tensor& durations,
                          AttentionLstmState& state);
};

TORCH_MODULE(AttentionLstm);

} // namespace organum::models
