#pragma once

// How well something predicted elements, in figures that every model and baseline shares.

#include "Engine/Vocabulary.h"

#include <cstdint>
#include <string>
#include <vector>

namespace organum::training
{

/** One element: nats, and whether the likeliest id was the right one. */
struct ElementScore
{
    double pitch = 0.0;    ///< -ln p of the chord
    double duration = 0.0; ///< -ln p of the duration
    bool pitchRight = false;
    bool durationRight = false;
    bool changes = false; ///< the chord differs from the one before it in its piece
};

struct PieceScores
{
    std::string name;
    std::vector<ElementScore> elements;
};

/** Means over elements. */
struct Figures
{
    std::size_t elements = 0;
    double pitch = 0.0;
    double duration = 0.0;
    double sum = 0.0;
    double pitchAccuracy = 0.0;
    double durationAccuracy = 0.0;
    double bothAccuracy = 0.0;
    double changeAccuracy = 0.0; ///< of the chord where it changes; 0 when it never does
};

Figures figuresOf(const PieceScores& piece);
Figures figuresOf(const std::vector<PieceScores>& pieces);

struct Interval
{
    double low = 0.0;
    double high = 0.0;
};

/** 95 % percentile interval of the mean "sum", drawing whole pieces with replacement (Efron 1979).
    With few pieces it is wide, as it should be. */
Interval bootstrapOverPieces(const std::vector<PieceScores>& pieces, int draws, std::uint64_t seed);
/** The same drawing single elements: narrower, since neighbours are treated as independent. */
Interval bootstrapOverElements(const std::vector<PieceScores>& pieces, int draws,
                               std::uint64_t seed);

/** Anything that predicts a piece from START on, element by element. */
class Predictor
{
public:
    virtual ~Predictor() = default;
    virtual std::vector<ElementScore> score(const std::vector<engine::Token>& tokens) const = 0;
};

} // namespace organum::training
