#pragma once

// Whole pieces read side by side: each lane reads one piece after another, a chunk of elements at a
// time, so that a network carries its state over chunks (truncated back-propagation) and everything
// is predicted from all that came before it in its piece.

#include "Training/Music/MusicData.h"

#include <torch/torch.h>

namespace organum::training
{

/** One chunk of every lane; B lanes, T steps. All but mask and keep are int64. */
struct LaneBatch
{
    torch::Tensor pitches, durations;         ///< [B, T]: the element before; START first
    torch::Tensor nextPitches, nextDurations; ///< [B, T]: what follows; to be predicted
    torch::Tensor position;  ///< [B, T]: of the element that follows, since its bar line, in 1/12
    torch::Tensor barLength; ///< [B, T]: quarters; likewise the length of its bar
    torch::Tensor mask; ///< [B, T] of floats: 1 where a step counts, 0 beyond the end of a piece
    torch::Tensor keep; ///< [B] of floats: 0 where a piece begins and carried state must go

    /** Where a lane's steps come from. Step i of it predicts element begin + i. */
    struct Source
    {
        std::size_t piece = 0; ///< in MusicData::pieces()
        int shift = 0;         ///< semitones it is moved by
        std::size_t begin = 0;
        std::size_t count = 0;                    ///< <= T
        std::vector<engine::Token> const* tokens; ///< the whole piece as it is shown; outlives use
    };
    std::vector<Source> sources;

    LaneBatch to(const torch::Device& device) const;
};

/** One lane with the whole piece in its own key, as it is scored. */
LaneBatch wholePiece(const MusicData& data, std::size_t piece,
                     const std::vector<engine::Token>& tokens);

struct LaneSettings
{
    std::int64_t lanes = 12;
    std::int64_t chunk = 96;        ///< elements
    double originalKeyShare = 0.15; ///< of turns that are not transposed at random
    double unknownChance = 0.3;     ///< see MusicData
    bool transpose = true;
};

/** Deals the training pieces to the lanes, all in random order before any comes again, each turn in
    a random key. Every draw is a hash of (seed, turn). */
class LaneLoader
{
public:
    LaneLoader(const MusicData& dataIn, const LaneSettings& settingsIn, std::uint64_t seedIn);

    /** The next chunk; its sources stay valid until the call after. */
    LaneBatch next();

    /** Chunks after which as many elements have been dealt as the training pieces hold. */
    std::int64_t batchesPerEpoch() const;

    /** The place in the data, as text; restore() goes on exactly there. */
    std::string place() const;
    void restore(const std::string& place);

private:
    struct Lane
    {
        std::uint64_t turn = 0;
        std::size_t piece = 0;
        int shift = 0;
        std::size_t begin = 0;
        std::vector<engine::Token> tokens;
    };
    void deal(Lane& lane, std::uint64_t turn) const;

    const MusicData& data;
    const LaneSettings settings;
    const std::uint64_t seed;
    std::uint64_t nextTurn = 0;
    std::vector<Lane> lanes;
};

} // namespace organum::training
