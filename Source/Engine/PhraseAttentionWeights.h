#pragma once

// The weights of the phrase-attention LSTM laid out for its step: embeddings already multiplied
// into the first layer, score tables flat. Inside the engine only.

#include "Engine/PackedMatrix.h"
#include "Engine/PhraseAttentionSteps.h"
#include "Engine/PhraseMatcher.h"
#include "Engine/Tensors.h"
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
    PackedMatrix degreeInput;                         ///< [4H, degrees]
    PackedMatrix lowestStep, highestStep;             ///< [steps, E]
    std::vector<int> lowest, highest;                 ///< [P]: outer pitches; -1 = no notes
    PackedMatrix recurrent1, input2, recurrent2;      ///< [4H, H]
    std::vector<float> bias2;                         ///< [4H]
    PackedMatrix durationHead, pitchHead, chordTable; ///< [D, H], [E, H], [P, E]
    std::vector<float> durationBias, pitchHeadBias;   ///< [D], [E]
    std::vector<float> durationQuery;                 ///< [D, E]
    std::vector<float> pitchBias;                     ///< [P]
    std::vector<float> durationSentinel, pitchSentinel, transposedGate; ///< [H]
    float durationSentinelBias = 0.0f, pitchSentinelBias = 0.0f, transposedGateBias = 0.0f;
    std::vector<float> sentinelByDuration;            ///< [D]
    std::vector<float> durationScores;                ///< [rows]
    std::vector<float> pitchScores, transposedScores; ///< [rows, 2]: odd = same duration
    TransposedChords movedChords;
};

} // namespace organum::engine
