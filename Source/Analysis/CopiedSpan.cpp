#include "Analysis/CopiedSpan.h"

#include <algorithm>

namespace organum::analysis
{
namespace
{

using score::VoiceGrid;

constexpr int unknownShape = -1;
constexpr int silentMark = 1000; ///< no interval between two MIDI pitches

/** The first pitch that sounds at a step, or silence. */
int basePitch(const VoiceGrid& grid, int at)
{
    for (int voice = 0; voice < grid.voices; ++voice)
        if (!grid.isSilent(at, voice))
            return grid.pitch(at, voice);
    return VoiceGrid::silent;
}

std::vector<int> shapeOf(const VoiceGrid& grid, int at, int base)
{
    std::vector<int> shape;
    shape.reserve(static_cast<std::size_t>(grid.voices));
    for (int voice = 0; voice < grid.voices; ++voice)
        shape.push_back(grid.isSilent(at, voice) ? silentMark : grid.pitch(at, voice) - base);
    return shape;
}

std::vector<Moment> momentsOfVoice(const VoiceGrid& grid, int voice)
{
    std::vector<Moment> moments;
    for (int at = 0; at < grid.steps(); ++at) {
        const bool sounds = !grid.isSilent(at, voice);
        moments.push_back({sounds ? 1 : 0, sounds ? grid.pitch(at, voice) : 0, sounds});
    }
    return moments;
}

void keepLonger(CopiedSpan& best, const SharedRun& run, std::size_t piece)
{
    if (run.length > best.steps)
        best = {run.length, run.begin, piece, run.otherBegin, run.shift};
}

} // namespace

CopySearch::CopySearch(const Pieces& referenceIn)
    : reference(referenceIn)
{
    for (const auto& piece : reference) {
        const auto& grid = piece.grid;
        for (int at = 0; at < grid.steps(); ++at)
            shapes.emplace(shapeOf(grid, at, basePitch(grid, at)), static_cast<int>(shapes.size()));
        together.push_back(momentsOf(grid));
        alone.emplace_back();
        for (int voice = 0; voice < grid.voices; ++voice)
            alone.back().push_back(momentsOfVoice(grid, voice));
    }
}

std::vector<Moment> CopySearch::momentsOf(const VoiceGrid& grid) const
{
    std::vector<Moment> moments;
    for (int at = 0; at < grid.steps(); ++at) {
        const auto base = basePitch(grid, at);
        const auto found = shapes.find(shapeOf(grid, at, base));
        moments.push_back({found != shapes.end() ? found->second : unknownShape, base,
                           base != VoiceGrid::silent});
    }
    return moments;
}

CopiedSpan CopySearch::longest(const Piece& piece) const
{
    const auto moments = momentsOf(piece.grid);
    CopiedSpan best;
    for (std::size_t p = 0; p < reference.size(); ++p)
        if (reference[p].grid.step == piece.grid.step)
            keepLonger(best, longestSharedRun(moments, together[p], best.steps), p);
    return best;
}

CopiedSpan CopySearch::longest(const Piece& piece, int voice) const
{
    const auto moments = momentsOfVoice(piece.grid, voice);
    CopiedSpan best;
    for (std::size_t p = 0; p < reference.size(); ++p)
        if (reference[p].grid.step == piece.grid.step && voice < reference[p].grid.voices)
            keepLonger(
                best,
                longestSharedRun(moments, alone[p][static_cast<std::size_t>(voice)], best.steps),
                p);
    return best;
}

CopyMeasures measureCopies(const Pieces& pieces, const CopySearch& search,
                           const std::function<void()>& pulse)
{
    CopyMeasures measures;
    measures.longestByVoice.assign(static_cast<std::size_t>(voicesOf(pieces)), 0);
    double sum = 0;
    for (std::size_t p = 0; p < pieces.size(); ++p) {
        pulse();
        const auto copy = search.longest(pieces[p]);
        sum += static_cast<double>(copy.steps);
        if (copy.steps > measures.longest.steps) {
            measures.longest = copy;
            measures.piece = p;
        }
        for (int voice = 0; voice < pieces[p].grid.voices; ++voice) {
            auto& most = measures.longestByVoice[static_cast<std::size_t>(voice)];
            most = std::max(most, search.longest(pieces[p], voice).steps);
        }
    }
    measures.meanSteps = ratioOrNothing(sum, static_cast<double>(pieces.size()));
    return measures;
}

} // namespace organum::analysis
