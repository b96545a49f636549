#pragma once

// The default composer: the book's two LSTMs with an attention that looks for repeated phrases. For
// the next element every earlier element is a candidate for being said again, literally or moved by
// an interval; its score depends on how long the phrase before it agrees with what was just played,
// on its place in the bar and on how long ago it was. A sentinel decides between saying something
// again and saying something new (pointer sentinel mixture, Merity et al. 2016). It knows the
// metre, and predicts the duration first and the chord given the duration.

#include <torch/torch.h>

#include <cstdint>

namespace organum::models
{

struct PhraseAttentionLstmConfig
{
    std::int64_t pitches = 0;       ///< size of the chord vocabulary; ids 0, 1 = START, unknown
    std::int64_t durations = 0;     ///< size of the duration vocabulary; ids 0, 1 as above
    std::int64_t chordFeatures = 0; ///< columns of the chord feature matrix
    std::int64_t embedSize = 128;
    std::int64_t units = 256;
    bool attention = true;  ///< false: no candidates; the plain LSTM with metre
    bool metre = true;      ///< false: position in bar and bar length are not looked at
    bool transposed = true; ///< false: literal candidates only
    bool relative = true;   ///< false: steps and degrees are not looked at, nor steps predicted
    double inputDropout = 0.2;
    double layerDropout = 0.3;
    double outputDropout = 0.4;
    double pitchDropout = 0.2;
    double tokenDropout = 0.1; ///< share of chords hidden from the input
};

struct PhraseAttentionLstmState
{
    torch::Tensor hidden1, cell1, hidden2, cell2; ///< [B, units]

    static PhraseAttentionLstmState zero(std::int64_t batch, std::int64_t units,
                                         const torch::TensorOptions& options = {});
    PhraseAttentionLstmState detached() const;
    /** Row r as it is where keep[r] is 1, zeroed where it is 0. keep: [B] of floats. */
    PhraseAttentionLstmState masked(const torch::Tensor& keep) const;
};

/** T steps of B pieces with C candidates each; int64 where nothing else is said. */
struct PhraseBatch
{
    torch::Tensor pitches, durations;        ///< [B, T]: the element before each step
    torch::Tensor position, barLength;       ///< [B, T]: of the next element, in 1/12 quarters
    torch::Tensor nextPitch, nextDuration;   ///< [B, T]: what follows
    torch::Tensor literalRow, transposedRow; ///< [B, T, C]: score row; CandidateScores::rows = none
    torch::Tensor candidatePitch, candidateDuration; ///< [B, C]: what candidate c says literally
    torch::Tensor transposedPitch; ///< [B, T, C]: what it says moved; -1 = nothing
    torch::Tensor reference;       ///< [B, T]: lowest MIDI pitch of the last chord; -1 = none yet
    torch::Tensor interval;        ///< [B, T]: class of the step that led there
    torch::Tensor degrees; ///< [B, T, degreeCount] of floats: shares of the degrees above it
};

/** Scores of all classes of candidates, as a sum of few learnt parts so that rare classes share
   what common ones taught. Classes are rows [length 14, same place in bar 2, distance 10, share 3];
   see the engine's PhraseMatcher, which sorts candidates into them. */
class CandidateScoresImpl : public torch::nn::Module
{
public:
    static constexpr std::int64_t lengths = 14;
    static constexpr std::int64_t lengthGroups = 3; ///< no agreement, up to three elements, longer
    static constexpr std::int64_t distances = 10;
    static constexpr std::int64_t shares = 3;
    static constexpr std::int64_t rows = lengths * 2 * distances * shares;
    static constexpr std::int64_t groupOf(std::int64_t length)
    {
        return length == 0 ? 0 : length < 4 ? 1 : 2;
    }

    enum class Use
    {
        duration,
        pitch,
        transposedPitch
    };
    explicit CandidateScoresImpl(Use useIn);

    /** [rows] for durations; else [2 rows], odd entries for candidates of the right duration. */
    torch::Tensor forward() const;

    torch::Tensor byLength;       ///< [lengths, 2]: by agreement and same place in the bar
    torch::Tensor byDistance;     ///< [lengthGroups, 2, distances]
    torch::Tensor byShare;        ///< [distances, shares]
    torch::Tensor bySameDuration; ///< [lengths, 2]; not for durations

private:
    const Use use;
};

TORCH_MODULE(CandidateScores);

class PhraseAttentionLstmImpl : public torch::nn::Module
{
public:
    static constexpr std::int64_t positions = 96; ///< position classes: 8 quarters in twelfths
    static constexpr std::int64_t phases = 12;    ///< place within a quarter
    static constexpr std::int64_t barLengths = 97;
    /** Of chord logits: the chord table serves input and output, at different sizes. */
    static constexpr double outputScale = 0.35;
    static constexpr std::int64_t durationEmbedSize = 32;
    static constexpr std::int64_t positionEmbedSize = 32;
    static constexpr std::int64_t smallEmbedSize = 16; ///< of phase and bar length
    static constexpr std::int64_t intervals = 50;      ///< -24..24 semitones, and none
    static constexpr std::int64_t intervalEmbedSize = 32;
    static constexpr std::int64_t degreeCount = 24;
    static constexpr std::int64_t widestStep = 36; ///< semitones; wider ones count as this
    static constexpr std::int64_t stepClasses = 2 * widestStep + 1;

    struct Output
    {
        torch::Tensor durationNll; ///< [B, T] nats
        torch::Tensor pitchNll;    ///< [B, T] nats, given the right duration
        /** The same for the LSTM's own answers, were nothing to be said again. Training adds some
            of it, or repeats would leave the LSTM little to learn from. */
        torch::Tensor ownDurationNll, ownPitchNll;
    };

    /** What each chord is made of; not weights. */
    struct Chords
    {
        torch::Tensor features;        ///< [pitches, config.chordFeatures]
        torch::Tensor lowest, highest; ///< [pitches] int64: MIDI pitch; -1 = no notes
    };
    /** Throws std::invalid_argument when sizes disagree. */
    PhraseAttentionLstmImpl(const PhraseAttentionLstmConfig& config, Chords chords);

    /** Negative log-likelihoods of what follows; `state` is read, then advanced by T. */
    Output forward(const PhraseBatch& batch, PhraseAttentionLstmState& state);

    /** Outputs of the second LSTM [B, T, units] after each step, without dropout in eval mode. */
    torch::Tensor outputs(const PhraseBatch& batch, PhraseAttentionLstmState& state);

    /** Vectors of all chords: a free part plus the sum of its features' vectors. [pitches, E]. */
    torch::Tensor chordTable() const;
    /** Query for the chord given the duration: [.., E]. */
    torch::Tensor pitchQuery(const torch::Tensor& outputs, const torch::Tensor& durations);
    /** The LSTM's own logits of all chords: [B, T, pitches]. */
    torch::Tensor pitchLogits(const torch::Tensor& query, const torch::Tensor& reference) const;

    const PhraseAttentionLstmConfig config;

    torch::Tensor chordFree;     ///< [pitches, E]
    torch::Tensor chordParts;    ///< [chordFeatures, E]
    torch::Tensor pitchBias;     ///< [pitches]
    torch::Tensor durationQuery; ///< [durations, E]: moves the chord query by the duration
    torch::nn::Embedding durationEmbedding{nullptr};
    torch::nn::Embedding positionEmbedding{nullptr}, phaseEmbedding{nullptr};
    torch::nn::Embedding barLengthEmbedding{nullptr};
    torch::nn::Embedding intervalEmbedding{nullptr};
    torch::Tensor lowestStep, highestStep; ///< [stepClasses, E]: chords by their step
    torch::nn::LSTM lstm1{nullptr}, lstm2{nullptr};
    torch::nn::Linear durationHead{nullptr}, pitchHead{nullptr};
    torch::nn::Linear durationSentinel{nullptr}, pitchSentinel{nullptr}; ///< score of "new"
    torch::nn::Linear transposedGate{nullptr}; ///< added to every transposed candidate's score
    torch::Tensor sentinelByDuration;          ///< [durations]
    CandidateScores durationScores{nullptr}, pitchScores{nullptr}, transposedScores{nullptr};

private:
    void initialise();
    torch::Tensor chordInputs(const torch::Tensor& table, const torch::Tensor& ids) const;

    const Chords chords;
};

TORCH_MODULE(PhraseAttentionLstm);

} // namespace organum::models
