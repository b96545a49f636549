#pragma once

// One step of the phrase-attention LSTM without LibTorch. Inside the engine only.

#include "Engine/PhraseAttentionSteps.h"
#include "Engine/PhraseMatcher.h"
#include "Engine/Tensors.h"
#include "Engine/TonalContext.h"
#include "Engine/TransposedChords.h"

namespace organum::engine
{

/** All row-major. H = units, E = embedding, P and D = sizes of the vocabularies. */
struct PhraseAttentionWeights
{
    /** Throws bundle::BundleError. */
    PhraseAttentionWeights(const PhraseAttentionOptions& options, const Vocabulary& vocabulary,
                           TensorReader& reader);

    int units = 0;
    int embedSize = 0;
    int pitches = 0;
    int durations = 0;
    bool attention = true;
    bool metre = true;
    bool transposed = true;
    bool relative = true;
    std::size_t memory = PhraseMatcher::defaultMemory;

    /** What each input adds to layer 1's gates [rows, 4H]; the biases are in pitchInput. */
    std::vector<float> pitchInput, durationInput, positionInput, phaseInput, barLengthInput;
    std::vector<float> intervalInput;
    std::vector<float> degreeInput;                    ///< [4H, degrees]
    std::vector<float> lowestStep, highestStep;        ///< [steps, E]
    std::vector<int> lowest, highest;                  ///< [P]: outer pitches; -1 = no notes
    std::vector<float> recurrent1, input2, recurrent2; ///< [4H, H]
    std::vector<float> bias2;                          ///< [4H]
    std::vector<float> durationHead, durationBias;     ///< [D, H], [D]
    std::vector<float> pitchHead, pitchHeadBias;       ///< [E, H], [E]
    std::vector<float> durationQuery;                  ///< [D, E]
    std::vector<float> chordTable, pitchBias;          ///< [P, E], [P]
    std::vector<float> durationSentinel, pitchSentinel, transposedGate; ///< [H]
    float durationSentinelBias = 0.0f, pitchSentinelBias = 0.0f, transposedGateBias = 0.0f;
    std::vector<float> sentinelByDuration;            ///< [D]
    std::vector<float> durationScores;                ///< [rows]
    std::vector<float> pitchScores, transposedScores; ///< [rows, 2]: odd = same duration
    TransposedChords movedChords;
};

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
