#pragma once

// A run's state in one file, replaced by rename: after a kill at any moment there is the earlier
// state or the new one, and the run goes on from it as if nothing had happened.

#include "Training/Loop/Objective.h"

#include <filesystem>
#include <string>

namespace organum::training
{

/** What the loop itself must remember. */
struct LoopState
{
    Position position;
    std::int64_t epochsWithoutImprovement = 0;
    std::int64_t bestEpoch = 0; ///< counted from 1; 0: none
    Metrics best;
    Metrics epochSums; ///< training metrics summed over the epoch's steps so far
    double seconds = 0.0;
    std::uint64_t logBytes = 0; ///< length of log.csv; what lies beyond was written after this

    std::string toJson() const;
    static LoopState fromJson(const std::string& text);
};

/** The file ends in the hash of all that is before it. Throws std::runtime_error; an earlier
    checkpoint is then unharmed. */
void writeCheckpoint(const std::filesystem::path& file, const LoopState& state,
                     const Objective& objective);

/** Restores both; throws std::runtime_error when the file is damaged or of another model. Files of
    earlier versions, without a hash, are taken as they are. */
LoopState readCheckpoint(const std::filesystem::path& file, Objective& objective);

/** The weights and buffers of a module and the state of an optimiser, for Objective::save(). */
void save(torch::serialize::OutputArchive& archive, const std::string& key,
          const torch::nn::Module& module);
void load(torch::serialize::InputArchive& archive, const std::string& key,
          torch::nn::Module& module);
void save(torch::serialize::OutputArchive& archive, const std::string& key,
          const torch::optim::Optimizer& optimizer);
void load(torch::serialize::InputArchive& archive, const std::string& key,
          torch::optim::Optimizer& optimizer);
void save(torch::serialize::OutputArchive& archive, const std::string& key,
          const std::string& text);
std::string loadText(torch::serialize::InputArchive& archive, const std::string& key);

} // namespace organum::training
