#include "Training/Report/Statistics.h"

#include <algorithm>
#include <array>

namespace organum::training
{
namespace
{

template <typename Key>
void normalise(std::map<Key, double>& shares)
{
    double total = 0.0;
    for (const auto& [key, count] : shares)
        total += count;
    for (auto& [key, count] : shares)
        count /= std::max(1.0, total);
}

/** Largest share of the counts that one of the twelve major scales holds. */
double bestScaleShare(const std::array<double, 12>& counts)
{
    constexpr std::array<int, 7> major = {0, 2, 4, 5, 7, 9, 11};
    double best = 0.0, total = 0.0;
    for (const auto count : counts)
        total += count;
    for (int tonic = 0; tonic < 12; ++tonic) {
        double inside = 0.0;
        for (const auto degree : major)
            inside += counts[static_cast<std::size_t>((tonic + degree) % 12)];
        best = std::max(best, inside);
    }
    return total > 0.0 ? best / total : 1.0;
}

} // namespace

MusicStatistics statisticsOf(const std::vector<std::vector<score::Element>>& pieces)
{
    MusicStatistics statistics;
    std::vector<int> pitches;
    double rests = 0.0, chords = 0.0, quarters = 0.0, diatonic = 0.0, sounding = 0.0;
    for (const auto& piece : pieces) {
        std::array<double, 12> own{};
        int lowestBefore = -1;
        for (const auto& element : piece) {
            ++statistics.elements;
            quarters += element.duration.toDouble();
            statistics.durations[element.duration.toString()] += 1.0;
            if (element.isRest()) {
                ++rests;
                continue;
            }
            ++sounding;
            chords += element.pitches.size() > 1;
            for (const auto pitch : element.pitches) {
                pitches.push_back(pitch);
                statistics.pitchClasses[pitch % 12] += 1.0;
                own[static_cast<std::size_t>(pitch % 12)] += 1.0;
            }
            const auto lowest = element.pitches.front();
            if (lowestBefore >= 0)
                statistics.steps[std::clamp(lowest - lowestBefore, -12, 12)] += 1.0;
            lowestBefore = lowest;
        }
        diatonic += bestScaleShare(own);
    }
    const auto count = std::max(1.0, static_cast<double>(statistics.elements));
    statistics.rests = rests / count;
    statistics.chords = chords / std::max(1.0, sounding);
    statistics.elementsPerQuarter = quarters > 0.0 ? count / quarters : 0.0;
    statistics.diatonic = diatonic / std::max(1.0, static_cast<double>(pieces.size()));
    if (!pitches.empty()) {
        std::sort(pitches.begin(), pitches.end());
        statistics.lowest = pitches.front();
        statistics.highest = pitches.back();
        statistics.medianPitch = pitches[pitches.size() / 2];
    }
    normalise(statistics.pitchClasses);
    normalise(statistics.durations);
    normalise(statistics.steps);
    return statistics;
}

} // namespace organum::training
