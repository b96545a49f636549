#pragma once

// One step of the phrase-attention LSTM without LibTorch. Inside the engine only.

#include "Engine/PhraseAttentionWeights.h"
#include "Engine/PhraseMatcher.h"
#include "Engine/StepModel.h"
#include "Engine/TonalContext.h"

namespace organum::engine
{

class PhraseAttentionStream : public StepState
{
public:
    explicit PhraseAttentionStream(const PhraseAttentionWeights& weightsIn);

    void start(const score::BarPosition& first) override;
    void advance(const Heard& heard) override;
    const std::vector<float>& firstLogits() override;
    const std::vector<float>& secondLogits(std::int64_t duration) override;
    void attention(std::vector<float>& row) override;
    void refuseLoops(bool refuse) override { refusingLoops = refuse; }

private:
    /** Whether earlier elements may be said again in this step. */
    bool mayRepeat() const { return weights.attention && !(refusingLoops && loopClosed); }
    void step(const Token& token, const score::BarPosition& next);
    void addSteps();
    /** Scores of all candidates for the chord, given the duration, and their largest. */
    void scoreCandidates(std::int64_t duration);

    const PhraseAttentionWeights& weights;
    std::vector<float> hidden1, cell1, hidden2, cell2, gates;
    std::vector<float> query, base;
    PhraseMatcher matcher;
    TonalContext tonal;
    std::vector<float> lowestScores, highestScores; ///< [steps] of the query
    std::vector<Token> tokens;                      ///< of all elements heard
    std::vector<std::int64_t> placesInBar;          ///< of all elements heard, in 1/12
    std::int64_t nextPlace = 0;
    bool refusingLoops = false;
    bool loopClosed = false; ///< some stretch has just been played twice in a row, in full
    std::vector<int> literalRows, movedRows; ///< of all candidates; -1 = none
    std::vector<std::int64_t> movedPitches;
    std::vector<float> literalWeights, movedWeights; ///< exp(score - largest)
    std::vector<float> durationLogits, pitchLogits;
};

} // namespace organum::engine
