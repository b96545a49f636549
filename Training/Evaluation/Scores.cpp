#include "Training/Evaluation/Scores.h"

#include "Training/Random.h"

#include <algorithm>

namespace organum::training
{
namespace
{

struct Total
{
    double nats = 0.0;
    double elements = 0.0;
};

/** Percentiles of the mean of `draws` samples of as many totals as there are. */
Interval percentiles(const std::vector<Total>& totals, int draws, std::uint64_t seed)
{
    std::vector<double> means;
    for (int draw = 0; draw < draws; ++draw) {
        Total sum;
        for (std::size_t i = 0; i < totals.size(); ++i) {
            const auto bits = randomBits("bootstrap", seed, {static_cast<std::uint64_t>(draw), i});
            const auto& one = totals[bits % totals.size()];
            sum.nats += one.nats;
            sum.elements += one.elements;
        }
        means.push_back(sum.nats / sum.elements);
    }
    if (means.empty())
        return {};
    std::sort(means.begin(), means.end());
    const auto at = [&](double share) {
        const auto place = share * static_cast<double>(means.size() - 1);
        return means[static_cast<std::size_t>(place + 0.5)];
    };
    return {at(0.025), at(0.975)};
}

} // namespace

Figures figuresOf(const std::vector<PieceScores>& pieces)
{
    Figures figures;
    double changes = 0.0;
    for (const auto& piece : pieces)
        for (const auto& element : piece.elements) {
            ++figures.elements;
            figures.pitch += element.pitch;
            figures.duration += element.duration;
            figures.pitchAccuracy += element.pitchRight;
            figures.durationAccuracy += element.durationRight;
            figures.bothAccuracy += element.pitchRight && element.durationRight;
            changes += element.changes;
            figures.changeAccuracy += element.changes && element.pitchRight;
        }
    const auto count = std::max(1.0, static_cast<double>(figures.elements));
    figures.pitch /= count;
    figures.duration /= count;
    figures.sum = figures.pitch + figures.duration;
    figures.pitchAccuracy /= count;
    figures.durationAccuracy /= count;
    figures.bothAccuracy /= count;
    figures.changeAccuracy /= std::max(1.0, changes);
    return figures;
}

Figures figuresOf(const PieceScores& piece)
{
    return figuresOf(std::vector<PieceScores>{piece});
}

Interval bootstrapOverPieces(const std::vector<PieceScores>& pieces, int draws, std::uint64_t seed)
{
    std::vector<Total> totals;
    for (const auto& piece : pieces) {
        Total total;
        for (const auto& element : piece.elements)
            total.nats += element.pitch + element.duration;
        total.elements = static_cast<double>(piece.elements.size());
        totals.push_back(total);
    }
    return percentiles(totals, draws, seed);
}

Interval bootstrapOverElements(const std::vector<PieceScores>& pieces, int draws,
                               std::uint64_t seed)
{
    std::vector<Total> totals;
    for (const auto& piece : pieces)
        for (const auto& element : piece.elements)
            totals.push_back({element.pitch + element.duration, 1.0});
    return percentiles(totals, draws, seed);
}

} // namespace organum::training
