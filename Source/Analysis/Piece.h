#pragma once

// A piece as the measures of this room see it: voices on a grid of steps, with its beat and its
// bar. Every measure is taken over a set of pieces; its header says how the set is averaged.

#include "Score/VoiceGrid.h"

#include <string>
#include <vector>

namespace organum::analysis
{

struct Piece
{
    std::string name;
    score::VoiceGrid grid;
    int stepsPerBeat = 4;
    int stepsPerBar = 16;

    /** Bars that are complete; one that is cut short at the end does not count. */
    int wholeBars() const { return grid.steps() / stepsPerBar; }
    /** Length in bars, with the fraction. */
    double bars() const { return static_cast<double>(grid.steps()) / stepsPerBar; }
};

using Pieces = std::vector<Piece>;

/** The most voices that a piece of the set has. */
int voicesOf(const Pieces& pieces);

struct CutPieces
{
    Pieces pieces;            ///< each exactly so many bars; "name, bars 17-32"
    std::size_t tooShort = 0; ///< pieces that had fewer bars
    double barsLeftOut = 0;   ///< at the ends of pieces, the short pieces included
};

/** Cuts each piece from its beginning on into pieces of `bars` bars; what remains is left out, so
    that measures which grow with length compare. Throws std::invalid_argument for bars below 1. */
CutPieces cutIntoBars(const Pieces& pieces, int bars);

/** Mean and spread over pieces. Without values both are NaN, as is every measure of this room that
    finds nothing to measure. */
struct Average
{
    double mean = 0;
    double deviation = 0; ///< square root of the mean squared distance from the mean
};
Average averageOf(const std::vector<double>& values);

/** a / b, or NaN when b is 0. */
double ratioOrNothing(double a, double b);

} // namespace organum::analysis
