#include "Analysis/VoiceLeading.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace organum::analysis
{
namespace
{

using score::VoiceGrid;

bool allSound(const VoiceGrid& grid, int at)
{
    for (int voice = 0; voice < grid.voices; ++voice)
        if (grid.isSilent(at, voice))
            return false;
    return true;
}

int interval(int upper, int lower, bool withSign)
{
    const int distance = withSign ? upper - lower : std::abs(upper - lower);
    return ((distance % 12) + 12) % 12;
}

bool hasCrossing(const VoiceGrid& grid, int at)
{
    for (int upper = 0; upper < grid.voices; ++upper)
        for (int lower = upper + 1; lower < grid.voices; ++lower)
            if (!grid.isSilent(at, upper) && !grid.isSilent(at, lower) &&
                grid.pitch(at, upper) < grid.pitch(at, lower))
                return true;
    return false;
}

void countPair(const VoiceGrid& grid, int at, int upper, int lower, bool withSign, Parallels& found)
{
    const int a0 = grid.pitch(at - 1, upper), a1 = grid.pitch(at, upper);
    const int b0 = grid.pitch(at - 1, lower), b1 = grid.pitch(at, lower);
    const auto silent = VoiceGrid::silent;
    if (a0 == silent || a1 == silent || b0 == silent || b1 == silent || a0 == a1 || b0 == b1)
        return;
    ++found.bothMove;
    const auto before = interval(a0, b0, withSign), now = interval(a1, b1, withSign);
    if ((a1 > a0) == (b1 > b0) && before == now && (now == 0 || now == 7))
        ++found.count;
}

} // namespace

double Parallels::per100Bars() const
{
    return 100.0 * ratioOrNothing(static_cast<double>(count), bars);
}

double Parallels::percentOfBothMove() const
{
    return 100.0 * ratioOrNothing(static_cast<double>(count), static_cast<double>(bothMove));
}

Parallels countParallels(const Pieces& pieces, const ParallelRule& rule)
{
    Parallels found;
    for (const auto& piece : pieces) {
        const auto& grid = piece.grid;
        if (grid.voices < 2)
            continue;
        found.bars += piece.bars();
        for (int at = 1; at < grid.steps(); ++at) {
            if (rule.allVoicesSound && !(allSound(grid, at - 1) && allSound(grid, at)))
                continue;
            for (int upper = 0; upper < grid.voices; ++upper)
                for (int lower = upper + 1; lower < grid.voices; ++lower)
                    countPair(grid, at, upper, lower, rule.signedIntervals, found);
        }
    }
    return found;
}

Average measureCrossings(const Pieces& pieces)
{
    std::vector<double> values;
    for (const auto& piece : pieces) {
        if (piece.grid.voices < 2 || piece.grid.steps() == 0)
            continue;
        int crossed = 0;
        for (int at = 0; at < piece.grid.steps(); ++at)
            crossed += hasCrossing(piece.grid, at) ? 1 : 0;
        values.push_back(100.0 * crossed / piece.grid.steps());
    }
    return averageOf(values);
}

Average measurePolyphony(const Pieces& pieces)
{
    std::vector<double> values;
    for (const auto& piece : pieces) {
        double pitches = 0, sounding = 0;
        for (int at = 0; at < piece.grid.steps(); ++at) {
            std::set<int> heard;
            for (int voice = 0; voice < piece.grid.voices; ++voice)
                if (!piece.grid.isSilent(at, voice))
                    heard.insert(piece.grid.pitch(at, voice));
            pitches += static_cast<double>(heard.size());
            sounding += heard.empty() ? 0 : 1;
        }
        if (sounding > 0)
            values.push_back(pitches / sounding);
    }
    return averageOf(values);
}

} // namespace organum::analysis
