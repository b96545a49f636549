#include "Plugin/BarMix.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace organum::plugin
{

namespace
{

std::uint64_t hashOf(std::uint64_t seedA, std::uint64_t seedB, std::uint64_t bar)
{
    // SplitMix64 (Steele, Lea and Flood 2014).
    std::uint64_t z = seedA * 1000003u + seedB * 8191u + bar + 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/** By bar: whether it comes from `b`. */
std::vector<bool> barsOfB(const Take& a, const Take& b, double t)
{
    const auto bars = static_cast<std::size_t>(std::max(a.bars, b.bars));
    std::vector<std::uint64_t> order(bars);
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint64_t left, std::uint64_t right) {
        return std::make_pair(hashOf(a.seed, b.seed, left), left) <
               std::make_pair(hashOf(a.seed, b.seed, right), right);
    });
    std::vector<bool> fromB(bars, false);
    const auto count = static_cast<std::size_t>(std::lround(t * static_cast<double>(bars)));
    for (std::size_t i = 0; i < count; ++i)
        fromB[static_cast<std::size_t>(order[i])] = true;
    return fromB;
}

} // namespace

std::string barMixProblem(const Take& a, const Take& b)
{
    if (!isBySameModel(a, b))
        return "Only takes of the same model can be morphed; A is by " + a.model + ", B by " +
               b.model + (a.model == b.model ? " as it was at another time." : ".");
    if (a.metreNumerator != b.metreNumerator || a.metreDenominator != b.metreDenominator)
        return "Only takes in one metre can be morphed; A is in " +
               std::to_string(a.metreNumerator) + "/" + std::to_string(a.metreDenominator) +
               ", B in " + std::to_string(b.metreNumerator) + "/" +
               std::to_string(b.metreDenominator) + ".";
    if (a.voiceNames != b.voiceNames)
        return "Only takes with the same voices can be morphed.";
    return {};
}

Take mixedByBars(const Take& a, const Take& b, double t)
{
    const std::vector<bool> fromB = barsOfB(a, b, t);
    Take mixed = t < 0.5 ? a : b;
    mixed.name.clear();
    mixed.notice.clear();
    mixed.starred = false;
    mixed.notes.clear();
    const std::int64_t barLength = mixed.barLength();
    for (int bar = 0; bar < mixed.bars; ++bar) {
        const bool isB = fromB[static_cast<std::size_t>(bar)];
        const Take& source = isB ? b : a;
        const int sourceBar = bar % source.bars;
        // So many bars go on as they do in the source.
        int together = 1;
        while (bar + together < mixed.bars && sourceBar + together < source.bars &&
               fromB[static_cast<std::size_t>(bar + together)] == isB)
            ++together;
        const std::int64_t begin = sourceBar * barLength;
        const std::int64_t shift = bar * barLength - begin;
        for (TakeNote note : source.notes) {
            if (note.onset < begin || note.onset >= begin + barLength)
                continue;
            note.duration = std::min(note.duration, begin + together * barLength - note.onset);
            note.onset += shift;
            mixed.notes.push_back(note);
        }
    }
    std::stable_sort(
        mixed.notes.begin(), mixed.notes.end(), [](const TakeNote& left, const TakeNote& right) {
            return std::tie(left.onset, left.pitch) < std::tie(right.onset, right.pitch);
        });
    return mixed;
}

} // namespace organum::plugin
