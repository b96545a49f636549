#include "Analysis/Tonality.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace organum::analysis
{
namespace
{

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double pi = 3.14159265358979323846;

double sumOf(const PitchClassCounts& counts)
{
    double sum = 0;
    for (const auto count : counts)
        sum += count;
    return sum;
}

std::optional<TonalCentroid> centroidOfBeat(const Piece& piece, int voice, int beat)
{
    PitchClassCounts chroma{};
    const int begin = beat * piece.stepsPerBeat;
    for (int at = begin; at < begin + piece.stepsPerBeat; ++at)
        if (!piece.grid.isSilent(at, voice))
            chroma[static_cast<std::size_t>(piece.grid.pitch(at, voice) % 12)] += 1;
    const auto sum = sumOf(chroma);
    if (sum == 0)
        return {};
    for (auto& weight : chroma)
        weight /= sum;
    return tonalCentroid(chroma);
}

double distance(const TonalCentroid& a, const TonalCentroid& b)
{
    double squares = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        squares += (a[i] - b[i]) * (a[i] - b[i]);
    return std::sqrt(squares);
}

} // namespace

PitchClassCounts pitchClassCounts(const Piece& piece)
{
    PitchClassCounts counts{};
    for (int at = 0; at < piece.grid.steps(); ++at)
        for (int voice = 0; voice < piece.grid.voices; ++voice)
            if (piece.grid.onset(at, voice))
                counts[static_cast<std::size_t>(piece.grid.pitch(at, voice) % 12)] += 1;
    return counts;
}

double scaleConsistency(const PitchClassCounts& counts)
{
    // A natural minor scale has the notes of a major one, so that twelve sets are all there are.
    static constexpr std::size_t major[] = {0, 2, 4, 5, 7, 9, 11};
    double best = 0;
    for (std::size_t tonic = 0; tonic < 12; ++tonic) {
        double inside = 0;
        for (const auto degree : major)
            inside += counts[(tonic + degree) % 12];
        best = std::max(best, inside);
    }
    return ratioOrNothing(best, sumOf(counts));
}

double pitchClassEntropy(const PitchClassCounts& counts)
{
    const auto sum = sumOf(counts);
    if (sum == 0)
        return nothing;
    double bits = 0;
    for (const auto count : counts)
        if (count > 0)
            bits -= count / sum * std::log2(count / sum);
    return bits;
}

int pitchClassesUsed(const PitchClassCounts& counts)
{
    return static_cast<int>(
        std::count_if(counts.begin(), counts.end(), [](double count) { return count > 0; }));
}

TonalCentroid tonalCentroid(const PitchClassCounts& chroma)
{
    static constexpr double turns[] = {7.0 * pi / 6.0, 3.0 * pi / 2.0, 2.0 * pi / 3.0};
    static constexpr double radii[] = {1.0, 1.0, 0.5};
    TonalCentroid centroid{};
    for (std::size_t circle = 0; circle < 3; ++circle)
        for (std::size_t pitchClass = 0; pitchClass < 12; ++pitchClass) {
            const auto angle = turns[circle] * static_cast<double>(pitchClass);
            centroid[2 * circle] += radii[circle] * std::sin(angle) * chroma[pitchClass];
            centroid[2 * circle + 1] += radii[circle] * std::cos(angle) * chroma[pitchClass];
        }
    return centroid;
}

TonalMeasures measureTonality(const Pieces& pieces)
{
    std::vector<double> consistency, entropy, used;
    for (const auto& piece : pieces) {
        const auto counts = pitchClassCounts(piece);
        if (sumOf(counts) == 0)
            continue;
        consistency.push_back(scaleConsistency(counts));
        entropy.push_back(pitchClassEntropy(counts));
        used.push_back(pitchClassesUsed(counts));
    }
    return {averageOf(consistency), averageOf(entropy), averageOf(used)};
}

std::vector<PairValue> tonalDistances(const Pieces& pieces)
{
    const int voices = voicesOf(pieces);
    std::vector<PairValue> pairs;
    std::vector<double> beats;
    for (int upper = 0; upper < voices; ++upper)
        for (int lower = upper + 1; lower < voices; ++lower)
            pairs.push_back({upper, lower, 0});
    beats.assign(pairs.size(), 0);
    std::vector<std::optional<TonalCentroid>> centroids(static_cast<std::size_t>(voices));
    for (const auto& piece : pieces)
        for (int beat = 0; beat < piece.grid.steps() / piece.stepsPerBeat; ++beat) {
            for (int voice = 0; voice < voices; ++voice)
                centroids[static_cast<std::size_t>(voice)] =
                    voice < piece.grid.voices ? centroidOfBeat(piece, voice, beat) : std::nullopt;
            for (std::size_t p = 0; p < pairs.size(); ++p) {
                const auto& a = centroids[static_cast<std::size_t>(pairs[p].upper)];
                const auto& b = centroids[static_cast<std::size_t>(pairs[p].lower)];
                if (!a || !b)
                    continue;
                pairs[p].value += distance(*a, *b);
                beats[p] += 1;
            }
        }
    for (std::size_t p = 0; p < pairs.size(); ++p)
        pairs[p].value = ratioOrNothing(pairs[p].value, beats[p]);
    return pairs;
}

} // namespace organum::analysis
