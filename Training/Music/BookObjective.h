#pragma once

// The book's training procedure for its attention-LSTM (section 7.1): windows of 32 pairs, the 33rd
// to be predicted, shuffled, RMSprop. Two things differ on purpose: windows never run across the
// border of a piece, and validation is by whole pieces, not by the last fifth of the windows, which
// overlap those trained on.

#include "Training/Loop/Objective.h"
#include "Training/Music/AttentionLstmNetwork.h"
#include "Training/Music/RunRecord.h"

namespace organum::training
{

struct BookRecipe
{
    std::int64_t window = 32; ///< pairs; every piece is prefixed with as many (START, 0)
    std::int64_t batch = 32;
    double rate = 1e-3;
};

class BookObjective : public Objective
{
public:
    /** All references must outlive it. */
    BookObjective(std::unique_ptr<AttentionLstmNetwork> networkIn, const MusicData& dataIn,
                  const BookRecipe& recipeIn, std::uint64_t seedIn, torch::Device deviceIn,
                  const BundleWriter& writerIn);

    torch::Device computesOn() const override { return device; }
    std::int64_t stepsPerEpoch() const override;
    Metrics step(const Position& position) override;
    Metrics validate() override;
    void epochDone(std::int64_t epoch, bool best, const Metrics& validation) override;
    void save(torch::serialize::OutputArchive& archive) const override;
    void load(torch::serialize::InputArchive& archive) override;

private:
    /** All windows of one part of the split; window i is that before element i. */
    struct Windows
    {
        std::vector<std::int64_t> pitches, durations; ///< streams with the prefix of each piece
        std::vector<std::int64_t> targets;            ///< places of the predicted pairs in them
    };
    Windows windowsOf(const std::string& split) const;
    /** Mean losses of the windows listed, as a graph. */
    MusicNetwork::Losses losses(const Windows& windows, const std::vector<std::size_t>& order,
                                std::size_t begin, std::size_t count);

    std::unique_ptr<AttentionLstmNetwork> network;
    const MusicData& data;
    const BookRecipe recipe;
    const std::uint64_t seed;
    const torch::Device device;
    const BundleWriter& writer;
    const Windows trainingWindows, validationWindows;
    std::unique_ptr<torch::optim::RMSprop> optimizer;
    std::int64_t orderedEpoch = -1;
    std::vector<std::size_t> order;
};

} // namespace organum::training
