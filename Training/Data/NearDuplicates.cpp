#include "Training/Data/NearDuplicates.h"

#include "Training/Random.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <unordered_map>

namespace organum::training
{
namespace
{

constexpr std::size_t runLength = 8;

std::uint64_t elementHash(const score::Element& element, int& lastLowest)
{
    std::uint64_t hash =
        randomBits("element", static_cast<std::uint64_t>(element.duration.numerator()),
                   {static_cast<std::uint64_t>(element.duration.denominator())});
    if (element.isRest())
        return hash;
    const auto lowest = element.pitches.front();
    const auto step = lastLowest < 0 ? 0 : lowest - lastLowest;
    lastLowest = lowest;
    hash = randomBits("step", hash, {static_cast<std::uint64_t>(step + 128)});
    for (const auto pitch : element.pitches)
        hash = randomBits("shape", hash, {static_cast<std::uint64_t>(pitch - lowest)});
    return hash;
}

} // namespace

std::vector<std::uint64_t> fingerprints(const std::vector<score::Element>& elements)
{
    int lastLowest = -1;
    std::vector<std::uint64_t> hashes;
    for (const auto& element : elements)
        hashes.push_back(elementHash(element, lastLowest));
    std::vector<std::uint64_t> runs;
    const auto length = std::min(runLength, hashes.size());
    for (std::size_t i = 0; i + length <= hashes.size(); ++i) {
        std::uint64_t run = 0;
        for (std::size_t k = 0; k < length; ++k)
            run = randomBits("run", run, {hashes[i + k]});
        runs.push_back(run);
    }
    std::sort(runs.begin(), runs.end());
    runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
    return runs;
}

std::vector<std::vector<std::size_t>> nearDuplicateGroups(const std::vector<Piece>& pieces,
                                                          double share)
{
    std::vector<std::size_t> sizes;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> piecesWith;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto runs = fingerprints(pieces[i].elements);
        sizes.push_back(runs.size());
        for (const auto run : runs)
            piecesWith[run].push_back(i);
    }
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> common;
    for (const auto& [run, holders] : piecesWith)
        for (std::size_t a = 0; a < holders.size(); ++a)
            for (std::size_t b = a + 1; b < holders.size(); ++b)
                ++common[{holders[a], holders[b]}];

    std::vector<std::size_t> leader(pieces.size());
    std::iota(leader.begin(), leader.end(), std::size_t{0});
    const std::function<std::size_t(std::size_t)> find = [&](std::size_t i) {
        return leader[i] == i ? i : leader[i] = find(leader[i]);
    };
    for (const auto& [pair, count] : common) {
        const auto shorter = std::min(sizes[pair.first], sizes[pair.second]);
        if (static_cast<double>(count) >= share * static_cast<double>(shorter)) {
            const auto a = find(pair.first), b = find(pair.second);
            leader[std::max(a, b)] = std::min(a, b);
        }
    }
    std::map<std::size_t, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < pieces.size(); ++i)
        groups[find(i)].push_back(i);
    std::vector<std::vector<std::size_t>> result;
    for (auto& [first, members] : groups)
        result.push_back(std::move(members));
    return result;
}

} // namespace organum::training
