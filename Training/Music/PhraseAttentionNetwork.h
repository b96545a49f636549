#pragma once

// The phrase-attention LSTM as lanes train it. What it listens for, where the last phrase was heard
// before, is found here as the engine finds it, by one PhraseMatcher a lane.

#include "Engine/PhraseAttentionSteps.h"
#include "Engine/PhraseMatcher.h"
#include "Engine/TonalContext.h"
#include "Engine/TransposedChords.h"
#include "Training/Music/MusicNetwork.h"

#include <optional>

namespace organum::training
{

class PhraseAttentionNetwork : public MusicNetwork
{
public:
    /** `data` must outlive it. */
    PhraseAttentionNetwork(const MusicData& dataIn,
                           const engine::PhraseAttentionOptions& optionsIn);

    torch::nn::Module& module() override { return *network; }
    std::string kind() const override { return engine::PhraseAttentionSteps::kind; }
    std::string config() const override { return options.toJson(); }
    Losses losses(const LaneBatch& batch, Carried& carried) override;
    /** The score tables learn twice as fast and do not decay. */
    std::vector<ParameterGroup> parameterGroups() override;

    models::PhraseAttentionLstm network;

private:
    /** Follows one lane through its piece; goes back to the beginning when the lane has jumped. */
    struct Follower
    {
        explicit Follower(std::size_t memory)
            : matcher(memory)
        {
        }
        std::optional<std::size_t> piece;
        std::size_t heard = 0; ///< elements of the piece
        engine::PhraseMatcher matcher;
        engine::TonalContext tonal;
    };
    models::PhraseBatch phraseBatch(const LaneBatch& batch);
    /** Steps of one lane: everything its follower hears. */
    void listen(Follower& follower, const LaneBatch::Source& source, std::int64_t lane,
                models::PhraseBatch& batch);
    /** The candidates of step `step` of it, element t of the piece. */
    void writeCandidates(const Follower& follower, const LaneBatch::Source& source,
                         std::int64_t lane, std::int64_t step, models::PhraseBatch& batch) const;
    std::size_t oldestColumn(const LaneBatch::Source& source) const;

    const MusicData& data;
    const engine::PhraseAttentionOptions options;
    const engine::TransposedChords movedChords;
    std::vector<Follower> followers;
};

} // namespace organum::training
