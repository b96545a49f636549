#include "Training/Evaluation/CountingModels.h"

#include "Training/Random.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace organum::training
{
namespace
{

const engine::Token startToken{engine::Vocabulary::start, engine::Vocabulary::start};

/** Share of elements that repeat the id before, never quite 0 or 1. */
double shareOfRepeats(const TokenPieces& pieces, std::int64_t engine::Token::*id)
{
    double repeats = 0.0, all = 0.0;
    for (const auto& piece : pieces)
        for (std::size_t i = 1; i < piece.size(); ++i) {
            repeats += piece[i].*id == piece[i - 1].*id;
            ++all;
        }
    return (repeats + 0.5) / (all + 1.0);
}

std::vector<double> withRepeat(std::vector<double> chances, std::int64_t previous, double share)
{
    for (auto& chance : chances)
        chance *= 1.0 - share;
    chances[static_cast<std::size_t>(previous)] += share;
    return chances;
}

} // namespace

ElementScore elementScore(const std::vector<double>& pitchChances,
                          const std::vector<double>& durationChances,
                          const std::vector<engine::Token>& tokens, std::size_t at)
{
    const auto likeliest = [](const std::vector<double>& chances) {
        return std::max_element(chances.begin(), chances.end()) - chances.begin();
    };
    const auto& token = tokens[at];
    ElementScore score;
    score.pitch = -std::log(pitchChances[static_cast<std::size_t>(token.pitch)]);
    score.duration = -std::log(durationChances[static_cast<std::size_t>(token.duration)]);
    score.pitchRight = likeliest(pitchChances) == token.pitch;
    score.durationRight = likeliest(durationChances) == token.duration;
    score.changes = at > 0 && token.pitch != tokens[at - 1].pitch;
    return score;
}

WittenBell::WittenBell(const TokenPieces& pieces, std::int64_t vocabularySize, bool ofPitchesIn,
                       bool pairsIn)
    : size(vocabularySize)
    , ofPitches(ofPitchesIn)
    , pairs(pairsIn)
{
    for (const auto& piece : pieces)
        for (std::size_t at = 0; at < piece.size(); ++at)
            for (int length = 0; length <= mostContext; ++length) {
                auto& seen = contexts[contextKey(piece, at, length)];
                seen.total += 1.0;
                seen.counts[idOf(piece[at])] += 1.0;
            }
}

std::uint64_t WittenBell::contextKey(const std::vector<engine::Token>& tokens, std::size_t at,
                                     int length) const
{
    auto key = static_cast<std::uint64_t>(length);
    for (int back = 1; back <= length; ++back) {
        const auto reach = static_cast<std::size_t>(back);
        const auto& token = reach <= at ? tokens[at - reach] : startToken;
        const auto id = static_cast<std::uint64_t>(idOf(token));
        const auto other =
            static_cast<std::uint64_t>(pairs ? (ofPitches ? token.duration : token.pitch) : 0);
        key = randomBits("context", key, {id, other});
    }
    return key;
}

std::array<double, WittenBell::mostContext + 1>
WittenBell::chances(const std::vector<engine::Token>& tokens, std::size_t at) const
{
    std::array<double, mostContext + 1> result{};
    double chance = 1.0 / static_cast<double>(size - 1);
    for (int length = 0; length <= mostContext; ++length) {
        const auto found = contexts.find(contextKey(tokens, at, length));
        if (found != contexts.end()) {
            const auto& seen = found->second;
            const auto kinds = static_cast<double>(seen.counts.size());
            const auto count = seen.counts.find(idOf(tokens[at]));
            const auto times = count == seen.counts.end() ? 0.0 : count->second;
            chance = (times + kinds * chance) / (seen.total + kinds);
        }
        result[static_cast<std::size_t>(length)] = chance;
    }
    return result;
}

std::vector<double> WittenBell::distribution(const std::vector<engine::Token>& tokens,
                                             std::size_t at, int context) const
{
    std::vector<double> chances(static_cast<std::size_t>(size),
                                1.0 / static_cast<double>(size - 1));
    chances[engine::Vocabulary::start] = 0.0;
    for (int length = 0; length <= context; ++length) {
        const auto found = contexts.find(contextKey(tokens, at, length));
        if (found == contexts.end())
            continue;
        const auto& seen = found->second;
        const auto kinds = static_cast<double>(seen.counts.size());
        for (auto& chance : chances)
            chance *= kinds / (seen.total + kinds);
        for (const auto& [id, times] : seen.counts)
            chances[static_cast<std::size_t>(id)] += times / (seen.total + kinds);
    }
    return chances;
}

Unigram::Unigram(const TokenPieces& pieces, const engine::Vocabulary& vocabulary)
    : pitchChances(
          WittenBell(pieces, vocabulary.pitchCount(), true, false).distribution({startToken}, 0, 0))
    , durationChances(WittenBell(pieces, vocabulary.durationCount(), false, false)
                          .distribution({startToken}, 0, 0))
{
}

std::vector<ElementScore> Unigram::score(const std::vector<engine::Token>& tokens) const
{
    std::vector<ElementScore> scores;
    for (std::size_t at = 0; at < tokens.size(); ++at)
        scores.push_back(elementScore(pitchChances, durationChances, tokens, at));
    return scores;
}

RepeatPrevious::RepeatPrevious(const TokenPieces& pieces, const engine::Vocabulary& vocabulary)
    : pitchChances(
          WittenBell(pieces, vocabulary.pitchCount(), true, false).distribution({startToken}, 0, 0))
    , durationChances(WittenBell(pieces, vocabulary.durationCount(), false, false)
                          .distribution({startToken}, 0, 0))
    , pitchRepeats(shareOfRepeats(pieces, &engine::Token::pitch))
    , durationRepeats(shareOfRepeats(pieces, &engine::Token::duration))
{
}

std::vector<ElementScore> RepeatPrevious::score(const std::vector<engine::Token>& tokens) const
{
    std::vector<ElementScore> scores;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (at == 0) {
            scores.push_back(elementScore(pitchChances, durationChances, tokens, at));
            continue;
        }
        const auto& before = tokens[at - 1];
        auto score =
            elementScore(withRepeat(pitchChances, before.pitch, pitchRepeats),
                         withRepeat(durationChances, before.duration, durationRepeats), tokens, at);
        score.pitchRight = tokens[at].pitch == before.pitch;
        score.durationRight = tokens[at].duration == before.duration;
        scores.push_back(score);
    }
    return scores;
}

NGram::Head NGram::best(std::unique_ptr<WittenBell> withPairs, std::unique_ptr<WittenBell> alone,
                        const TokenPieces& validation)
{
    Head head;
    auto least = std::numeric_limits<double>::infinity();
    for (auto* model : {&withPairs, &alone}) {
        std::array<double, WittenBell::mostContext + 1> nats{};
        for (const auto& piece : validation)
            for (std::size_t at = 0; at < piece.size(); ++at) {
                const auto chances = (*model)->chances(piece, at);
                for (std::size_t i = 0; i < nats.size(); ++i)
                    nats[i] -= std::log(chances[i]);
            }
        const auto smallest = std::min_element(nats.begin(), nats.end());
        if (*smallest < least) {
            least = *smallest;
            head.context = static_cast<int>(smallest - nats.begin());
            head.pairs = model == &withPairs;
        }
    }
    head.model = std::move(head.pairs ? withPairs : alone);
    return head;
}

NGram::NGram(const TokenPieces& allKeys, const TokenPieces& ownKeys, const TokenPieces& validation,
             const engine::Vocabulary& vocabulary)
    : pitch(best(std::make_unique<WittenBell>(allKeys, vocabulary.pitchCount(), true, true),
                 std::make_unique<WittenBell>(allKeys, vocabulary.pitchCount(), true, false),
                 validation))
    , duration(best(std::make_unique<WittenBell>(allKeys, vocabulary.durationCount(), false, true),
                    std::make_unique<WittenBell>(ownKeys, vocabulary.durationCount(), false, false),
                    validation))
{
}

std::vector<ElementScore> NGram::score(const std::vector<engine::Token>& tokens) const
{
    std::vector<ElementScore> scores;
    for (std::size_t at = 0; at < tokens.size(); ++at)
        scores.push_back(elementScore(pitch.model->distribution(tokens, at, pitch.context),
                                      duration.model->distribution(tokens, at, duration.context),
                                      tokens, at));
    return scores;
}

std::string NGram::description() const
{
    const auto text = [](const Head& head, const char* own) {
        return std::to_string(head.context) + (head.pairs ? " pairs" : own);
    };
    return "pitch from " + text(pitch, " pitches") + ", duration from " +
           text(duration, " durations");
}

} // namespace organum::training
