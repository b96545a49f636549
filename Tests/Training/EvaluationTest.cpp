#include "Training/Evaluation/CountingModels.h"
#include "Training/Evaluation/Scores.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>

using namespace organum;
using namespace organum::training;

namespace
{

std::vector<engine::Token> tokens(const std::vector<std::int64_t>& ids)
{
    std::vector<engine::Token> result;
    for (const auto id : ids)
        result.push_back({id, 2 + id % 2});
    return result;
}

PieceScores scored(const std::vector<double>& nats)
{
    PieceScores piece{"piece", {}};
    for (const auto value : nats)
        piece.elements.push_back({value, 0.5, value<1.0, true, value> 0.5});
    return piece;
}

} // namespace

TEST_CASE("Witten-Bell chances are those worked out by hand", "[evaluation]")
{
    // Four ids besides START; the stream 2 2 3: N = 3 and T = 2 without context.
    const WittenBell model({tokens({2, 2, 3})}, 5, true, false);
    const auto unigram = model.distribution(tokens({2, 2, 2}), 2, 0);
    CHECK(unigram[2] == Approx((2.0 + 2.0 * 0.25) / 5.0));
    CHECK(unigram[3] == Approx((1.0 + 2.0 * 0.25) / 5.0));
    CHECK(unigram[1] == Approx((2.0 * 0.25) / 5.0));
    // After one 2: once 2, once 3, so N = 2 and T = 2.
    const auto after2 = model.distribution(tokens({2, 2, 2}), 2, 1);
    CHECK(after2[2] == Approx((1.0 + 2.0 * unigram[2]) / 4.0));
    CHECK(after2[3] == Approx((1.0 + 2.0 * unigram[3]) / 4.0));
}

TEST_CASE("Chances sum to one, START has none, and both ways to ask agree", "[evaluation]")
{
    const auto piece = tokens({2, 3, 4, 2, 3, 4, 5, 2, 3, 2, 4, 3});
    for (const bool pairs : {false, true}) {
        const WittenBell model({piece, tokens({3, 4, 2, 2})}, 8, true, pairs);
        for (std::size_t at = 0; at < piece.size(); ++at) {
            const auto chances = model.chances(piece, at);
            for (int context = 0; context <= WittenBell::mostContext; ++context) {
                const auto all = model.distribution(piece, at, context);
                CHECK(std::accumulate(all.begin(), all.end(), 0.0) == Approx(1.0));
                CHECK(all[engine::Vocabulary::start] == 0.0);
                CHECK(all[static_cast<std::size_t>(piece[at].pitch)] ==
                      Approx(chances[static_cast<std::size_t>(context)]));
            }
        }
    }
}

TEST_CASE("A context is not found again in another one of the same ids", "[evaluation]")
{
    const WittenBell model({tokens({2, 3, 4, 3, 2, 5})}, 8, true, false);
    const auto after23 = model.distribution(tokens({2, 3, 4}), 2, 2);
    const auto after32 = model.distribution(tokens({3, 2, 5}), 2, 2);
    CHECK(after23[4] > 0.5);
    CHECK(after32[5] > 0.5);
}

TEST_CASE("Means, accuracies and intervals are those of the elements", "[evaluation]")
{
    const auto figures = figuresOf({scored({0.5, 1.5}), scored({2.5, 0.1})});
    CHECK(figures.elements == 4);
    CHECK(figures.pitch == Approx(1.15));
    CHECK(figures.duration == Approx(0.5));
    CHECK(figures.sum == Approx(1.65));
    CHECK(figures.pitchAccuracy == Approx(0.5));
    CHECK(figures.durationAccuracy == Approx(1.0));
    CHECK(figures.bothAccuracy == Approx(0.5));
    CHECK(figures.changeAccuracy == Approx(0.0));

    const std::vector<PieceScores> pieces = {scored({1.0, 1.0}), scored({2.0}), scored({3.0})};
    const auto interval = bootstrapOverPieces(pieces, 2000, 1);
    const auto mean = figuresOf(pieces).sum;
    CHECK(interval.low < mean);
    CHECK(interval.high > mean);
    CHECK(interval.low >= 1.5);
    CHECK(interval.high <= 3.5);
    const auto alike = bootstrapOverPieces({scored({1.0}), scored({1.0})}, 100, 1);
    CHECK(alike.low == Approx(alike.high));
    CHECK(bootstrapOverPieces(pieces, 500, 7).low == bootstrapOverPieces(pieces, 500, 7).low);
}
