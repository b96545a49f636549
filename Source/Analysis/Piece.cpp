#include "Analysis/Piece.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace organum::analysis
{

int voicesOf(const Pieces& pieces)
{
    int most = 0;
    for (const auto& piece : pieces)
        most = std::max(most, piece.grid.voices);
    return most;
}

CutPieces cutIntoBars(const Pieces& pieces, int bars)
{
    if (bars < 1)
        throw std::invalid_argument("Pieces cannot be cut into fewer than one bar.");
    CutPieces cut;
    for (const auto& piece : pieces) {
        const int windows = piece.wholeBars() / bars;
        for (int w = 0; w < windows; ++w) {
            const int first = w * bars;
            auto part = piece;
            part.name += ", bars " + std::to_string(first + 1) + "-" + std::to_string(first + bars);
            part.grid =
                score::excerpt(piece.grid, first * piece.stepsPerBar, bars * piece.stepsPerBar);
            cut.pieces.push_back(std::move(part));
        }
        cut.tooShort += windows == 0 ? 1 : 0;
        cut.barsLeftOut += piece.bars() - windows * bars;
    }
    return cut;
}

Average averageOf(const std::vector<double>& values)
{
    const auto count = static_cast<double>(values.size());
    double sum = 0, squares = 0;
    for (const auto value : values)
        sum += value;
    const auto mean = ratioOrNothing(sum, count);
    for (const auto value : values)
        squares += (value - mean) * (value - mean);
    return {mean, std::sqrt(ratioOrNothing(squares, count))};
}

double ratioOrNothing(double a, double b)
{
    return b != 0.0 ? a / b : std::numeric_limits<double>::quiet_NaN();
}

} // namespace organum::analysis
