#pragma once

// What conditional MuseGAN learns from: windows of consecutive bars from anywhere in the training
// pieces, in every key that keeps each voice in the range it has there, with what a bar may hear of
// its surroundings.

#include "Models/Music/ConditionalMuseGan.h"
#include "Score/VoiceGrid.h"

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace organum::training
{

/** B windows of W bars; N = B W rows, the bars of a window one after another. */
struct ChoraleWindows
{
    models::BarSurroundings surroundings;
    torch::Tensor bars;   ///< [N, 16, 4]: tokens as they were written
    torch::Tensor onsets; ///< [N, 16, 4]: 1 where a pitch differs from the step before
};

struct WindowWish
{
    std::int64_t windows = 12;
    std::int64_t bars = 4;
    double firstShare = 0.12;  ///< of windows that begin with their piece
    double alignedShare = 0.4; ///< of windows that begin on a bar line; the others on any beat
    double givenChance = 0.3;  ///< that some voices of a bar are given
};

class ChoraleCorpus
{
public:
    using Range = std::pair<int, int>; ///< lowest and highest MIDI pitch

    /** Bars are counted from a piece's first step, all taken to be in 4/4. Pieces below
        `leastBars` bars are left out, and keys in which a voice leaves its range in these pieces.
        Throws std::invalid_argument when a piece has other than four voices or nothing is left. */
    explicit ChoraleCorpus(const std::vector<score::VoiceGrid>& pieces, std::int64_t leastBars = 4);

    /** Chosen by a hash of (purpose, seed, step, draw). wish.bars is at most leastBars. */
    ChoraleWindows draw(const WindowWish& wish, const std::string& purpose, std::uint64_t seed,
                        std::uint64_t step, std::uint64_t draw = 0) const;

    /** Of each voice, in these pieces. */
    const std::array<Range, 4>& ranges() const { return voiceRanges; }
    std::size_t pieceCount() const { return pieces.size(); }
    std::size_t versionCount() const; ///< pieces in all their keys
    std::size_t tooShort() const { return leftOut; }

private:
    /** A piece in one key. */
    struct Version
    {
        std::int64_t key = 0;
        std::vector<std::int64_t> tokens;                ///< [steps, 4]
        std::vector<std::array<std::int64_t, 12>> heard; ///< [steps + 1]: pitch classes before
    };
    struct Piece
    {
        std::vector<Version> versions;
        std::int64_t steps = 0;
    };
    struct Rows;

    void add(const score::VoiceGrid& grid);
    void fill(Rows& rows, std::int64_t row, const Version& version, std::int64_t steps,
              std::int64_t first) const;

    std::vector<Piece> pieces;
    std::vector<std::int64_t> stepsUpTo; ///< running sums: long pieces are drawn more often
    std::array<Range, 4> voiceRanges;
    std::size_t leftOut = 0;
};

} // namespace organum::training
