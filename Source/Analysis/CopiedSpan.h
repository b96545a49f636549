#pragma once

// How long a stretch of a piece stands in other music, in whatever key. Only pitches are compared,
// step by step: some sources cannot tell held from repeated notes.

#include "Analysis/Piece.h"
#include "Analysis/SharedRun.h"

#include <functional>
#include <map>

namespace organum::analysis
{

struct CopiedSpan
{
    std::size_t steps = 0; ///< 0: none
    std::size_t begin = 0; ///< step of the new piece
    std::size_t piece = 0; ///< index of the reference piece
    std::size_t pieceBegin = 0;
    int shift = 0; ///< semitones from the reference piece to the new one
};

/** Searches one set of reference pieces, which must outlive it. Thread-safe once made. */
class CopySearch
{
public:
    explicit CopySearch(const Pieces& reference);

    /** All voices together: at each step every voice must have the other's pitch plus the shift, or
        be silent as it is. Pieces with another number of voices or step length share nothing. */
    CopiedSpan longest(const Piece& piece) const;
    /** One voice against the same voice of the reference. */
    CopiedSpan longest(const Piece& piece, int voice) const;

private:
    std::vector<Moment> momentsOf(const score::VoiceGrid& grid) const;

    const Pieces& reference;
    /** All voices at a step as intervals above the first that sounds. */
    std::map<std::vector<int>, int> shapes;
    std::vector<std::vector<Moment>> together;           ///< [pieces]
    std::vector<std::vector<std::vector<Moment>>> alone; ///< [pieces][voices]
};

/** Of a set: its longest copy, where that is, and the mean of the longest copy of each piece. */
struct CopyMeasures
{
    CopiedSpan longest;
    std::size_t piece = 0; ///< of the set
    double meanSteps = 0;
    std::vector<std::size_t> longestByVoice; ///< [voices], steps
};

/** `pulse` is called between pieces; what it throws ends the work. */
CopyMeasures measureCopies(
    const Pieces& pieces, const CopySearch& search, const std::function<void()>& pulse = [] {});

} // namespace organum::analysis
