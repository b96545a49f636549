#include "Analysis/Bars.h"

#include <cstdint>

namespace organum::analysis
{
namespace
{

int bitsIn(std::uint32_t mask)
{
    int count = 0;
    for (; mask != 0; mask &= mask - 1)
        ++count;
    return count;
}

std::uint32_t classesIn(const Piece& piece, int voice, int bar)
{
    std::uint32_t mask = 0;
    const int begin = bar * piece.stepsPerBar;
    for (int at = begin; at < begin + piece.stepsPerBar; ++at)
        if (!piece.grid.isSilent(at, voice))
            mask |= 1u << (piece.grid.pitch(at, voice) % 12);
    return mask;
}

struct Tally
{
    double wholeBars = 0, empty = 0, classes = 0, notes = 0, bars = 0;
};

} // namespace

BarMeasures measureBars(const Pieces& pieces)
{
    std::vector<Tally> tallies(static_cast<std::size_t>(voicesOf(pieces)));
    Tally together;
    for (const auto& piece : pieces) {
        const auto voices = piece.grid.voices;
        together.bars += piece.bars();
        for (int voice = 0; voice < voices; ++voice) {
            auto& tally = tallies[static_cast<std::size_t>(voice)];
            tally.bars += piece.bars();
            for (int at = 0; at < piece.grid.steps(); ++at)
                tally.notes += piece.grid.onset(at, voice) ? 1 : 0;
        }
        for (int bar = 0; bar < piece.wholeBars(); ++bar) {
            std::uint32_t all = 0;
            for (int voice = 0; voice < voices; ++voice) {
                const auto mask = classesIn(piece, voice, bar);
                auto& tally = tallies[static_cast<std::size_t>(voice)];
                tally.wholeBars += 1;
                tally.empty += mask == 0 ? 1 : 0;
                tally.classes += bitsIn(mask);
                all |= mask;
            }
            together.wholeBars += 1;
            together.empty += all == 0 ? 1 : 0;
            together.classes += bitsIn(all);
        }
    }
    BarMeasures measures;
    for (const auto& tally : tallies) {
        measures.emptyPercent.push_back(100.0 * ratioOrNothing(tally.empty, tally.wholeBars));
        measures.pitchClasses.push_back(
            ratioOrNothing(tally.classes, tally.wholeBars - tally.empty));
        measures.notes.push_back(ratioOrNothing(tally.notes, tally.bars));
        together.notes += tally.notes;
    }
    measures.emptyPercentTogether = 100.0 * ratioOrNothing(together.empty, together.wholeBars);
    measures.pitchClassesTogether =
        ratioOrNothing(together.classes, together.wholeBars - together.empty);
    measures.notesTogether = ratioOrNothing(together.notes, together.bars);
    return measures;
}

} // namespace organum::analysis
