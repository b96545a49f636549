#pragma once

// One step of the book's attention-LSTM without LibTorch, whose operators cost more than their
// arithmetic at this size. Inside the engine only.

#include "Engine/AttentionLstmOptions.h"
#include "Engine/PackedMatrix.h"
#include "Engine/StepModel.h"
#include "Engine/Tensors.h"

namespace organum::engine
{

/** All row-major. H = units, P and D = sizes of the vocabularies. */
struct AttentionLstmWeights
{
    /** Throws bundle::BundleError. */
    AttentionLstmWeights(const AttentionLstmOptions& options, std::int64_t pitchCount,
                         std::int64_t durationCount, TensorReader& reader);

    int units = 0;
    int pitches = 0;
    int durations = 0;
    bool attention = true;
    /** What each id adds to layer 1's gates, since its embedding never changes: [P, 4H] with the
        layer's biases, [D, 4H] without. */
    std::vector<float> pitchInput;
    std::vector<float> durationInput;
    PackedMatrix recurrent1;      ///< [4H, H]; gates in the order input, forget, cell, output
    PackedMatrix input2;          ///< [4H, H]
    PackedMatrix recurrent2;      ///< [4H, H]
    std::vector<float> bias2;     ///< [4H]
    std::vector<float> alignment; ///< [H]
    float alignmentBias = 0.0f;
    PackedMatrix pitchHead;          ///< [P, H]
    std::vector<float> pitchBias;    ///< [P]
    PackedMatrix durationHead;       ///< [D, H]
    std::vector<float> durationBias; ///< [D]
};

class AttentionLstmStream : public StepState
{
public:
    explicit AttentionLstmStream(const AttentionLstmWeights& weightsIn);

    void start(const score::BarPosition& first) override;
    void advance(const Heard& heard) override;
    const std::vector<float>& firstLogits() override;
    const std::vector<float>& secondLogits(std::int64_t firstChoice) override;
    void attention(std::vector<float>& row) override;

private:
    void step(const Token& token);

    const AttentionLstmWeights& weights;
    std::vector<float> hidden1, cell1, hidden2, cell2;
    std::vector<float> gates;
    std::vector<float> scores;      ///< of START and every element
    std::vector<float> weightedSum; ///< sum of exp(score - largest) * hidden2
    std::vector<float> context;
    float largest = 0.0f;
    float weightSum = 0.0f;
    std::vector<float> pitchLogits, durationLogits;
};

} // namespace organum::engine
