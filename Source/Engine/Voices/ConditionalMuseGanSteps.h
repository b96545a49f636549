#pragma once

// The recurrent part of conditional MuseGAN as the engine plays it: our own step over BLAS, for all
// hypotheses of a decoder at once. In LibTorch the steps of a bar would cost more in bookkeeping
// than in arithmetic. Both agree to the last few digits.

#include "Bundle/Bundle.h"
#include "Engine/Voices/ConditionalMuseGanOptions.h"

#include <map>

namespace organum::engine
{

/** Weights of the steps, each voice's own; matrices transposed: [outputs, inputs]. */
struct ConditionalMuseGanStepWeights
{
    /** The tensors are known to fit the network. */
    ConditionalMuseGanStepWeights(const ConditionalMuseGanOptions& options,
                                  const std::map<std::string, bundle::Tensor>& tensors);

    struct Voice
    {
        std::vector<float> recurrent, recurrentBias;             ///< [3 H, H], [3 H]
        std::vector<float> lastNote;                             ///< [tokens, 3 H]
        std::vector<float> headHidden, headPlan, headHiddenBias; ///< [K, H], [K, P], [K]
        std::vector<float> head, headBias;                       ///< [classes + 1, K]
        float holdBias = 0.0f;
    };
    std::vector<Voice> voices;
    int units = 0;    ///< H
    int plan = 0;     ///< P
    int headSize = 0; ///< K
};

/** One bar under way. One thread at a time. */
class ConditionalMuseGanSteps
{
public:
    /** The weights must outlive it. */
    explicit ConditionalMuseGanSteps(const ConditionalMuseGanStepWeights& weightsIn)
        : weights(weightsIn)
    {
    }

    /** plan: [16, P]; inputs: [4, 16, 3 H]; hidden: [4, H]; last: tokens of the step before. Begins
        with one hypothesis. */
    void begin(const float* plan, const float* inputs, const float* hidden,
               const std::vector<std::int64_t>& last);
    /** [classes] of one voice at the present step. References stay valid until advance(). */
    const float* logits(std::size_t hypothesis, std::size_t voice);
    /** On to the next step: hypothesis i goes on from parents[i] and heard tokens[i] [4]. */
    void advance(const std::vector<std::size_t>& parents,
                 const std::vector<std::vector<std::int64_t>>& tokens);

private:
    void run();

    const ConditionalMuseGanStepWeights& weights;
    std::size_t step = 0;
    bool done = false;                           ///< whether the present step was computed
    std::vector<std::vector<std::int64_t>> last; ///< [hypotheses][4]
    std::vector<float> inputs;                   ///< [4, 16, 3 H]
    std::vector<std::vector<float>> planHeads;   ///< [4][16, K]: the plan's part of the head
    std::vector<std::vector<float>> hidden;      ///< [4][hypotheses, H]
    std::vector<std::vector<float>> results;     ///< [4][hypotheses, classes + 1]
    std::vector<float> gates, products, heads;
};

} // namespace organum::engine
