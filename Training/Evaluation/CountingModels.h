#pragma once

// What counting alone can do: the baselines that every network must beat, fitted on the same
// training pieces and scored on the same elements.

#include "Training/Evaluation/Scores.h"

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace organum::training
{

using TokenPieces = std::vector<std::vector<engine::Token>>;

/** Interpolated Witten-Bell smoothing (Witten and Bell 1991, method C) over one stream: the chance
    after a context is (count + T * chance after the context shortened) / (N + T), with N the
    times the context was seen and T how many different ids followed; below the empty context all
    ids but START are equal. */
class WittenBell
{
public:
    static constexpr int mostContext = 5;

    /** Predicts pitches or durations from the last elements: from both of their ids (`pairs`) or
        from the stream's own alone. */
    WittenBell(const TokenPieces& pieces, std::int64_t vocabularySize, bool ofPitches, bool pairs);

    /** Chances of the right id of element `at` with contexts of 0..mostContext elements. */
    std::array<double, mostContext + 1> chances(const std::vector<engine::Token>& tokens,
                                                std::size_t at) const;
    /** Chances of all ids with a context of so many elements. */
    std::vector<double> distribution(const std::vector<engine::Token>& tokens, std::size_t at,
                                     int context) const;

private:
    struct Seen
    {
        double total = 0.0;
        std::unordered_map<std::int64_t, double> counts;
    };
    std::uint64_t contextKey(const std::vector<engine::Token>& tokens, std::size_t at,
                             int length) const;
    std::int64_t idOf(const engine::Token& token) const
    {
        return ofPitches ? token.pitch : token.duration;
    }

    const std::int64_t size;
    const bool ofPitches;
    const bool pairs;
    std::unordered_map<std::uint64_t, Seen> contexts;
};

/** Always the same chances, from the pieces in their own keys. */
class Unigram : public Predictor
{
public:
    Unigram(const TokenPieces& pieces, const engine::Vocabulary& vocabulary);
    std::vector<ElementScore> score(const std::vector<engine::Token>& tokens) const override;

private:
    std::vector<double> pitchChances, durationChances;
};

/** The element before, again, with the share of repetitions in training; else the unigram. */
class RepeatPrevious : public Predictor
{
public:
    RepeatPrevious(const TokenPieces& pieces, const engine::Vocabulary& vocabulary);
    std::vector<ElementScore> score(const std::vector<engine::Token>& tokens) const override;

private:
    std::vector<double> pitchChances, durationChances;
    double pitchRepeats = 0.0, durationRepeats = 0.0;
};

/** Witten-Bell n-grams, one a stream; kind and length of the context are those that predict the
    validation pieces best. */
class NGram : public Predictor
{
public:
    /** `allKeys`: the training pieces in every key; `ownKeys`: as they are (durations alone do not
        change with the key). */
    NGram(const TokenPieces& allKeys, const TokenPieces& ownKeys, const TokenPieces& validation,
          const engine::Vocabulary& vocabulary);
    std::vector<ElementScore> score(const std::vector<engine::Token>& tokens) const override;

    /** "pitch: 2 pairs, duration: 4 durations". */
    std::string description() const;

private:
    struct Head
    {
        std::unique_ptr<WittenBell> model;
        bool pairs = false;
        int context = 0;
    };
    static Head best(std::unique_ptr<WittenBell> withPairs, std::unique_ptr<WittenBell> alone,
                     const TokenPieces& validation);
    Head pitch, duration;
};

/** Marks of the likeliest id and of change, filled in for the right ids. */
ElementScore elementScore(const std::vector<double>& pitchChances,
                          const std::vector<double>& durationChances,
                          const std::vector<engine::Token>& tokens, std::size_t at);

} // namespace organum::training
