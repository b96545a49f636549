#pragma once

// The one training loop: progress, log.csv, early stopping, checkpoints, time limit, interruption.
// It knows no model; see Objective.h.

#include "Training/Loop/Objective.h"

#include <filesystem>
#include <string>

namespace organum::training
{

class Progress;

struct LoopSettings
{
    std::filesystem::path run; ///< folder for log.csv and checkpoints/
    std::uint64_t seed = 1;
    std::int64_t epochs = 1;
    std::int64_t patience = 0;        ///< epochs without improvement before stopping; 0: never
    std::string watched;              ///< validation metric that shall fall
    double maxMinutes = 0.0;          ///< 0: no limit
    double checkpointSeconds = 60.0;  ///< between checkpoints within an epoch; one ends each epoch
    std::int64_t checkpointSteps = 0; ///< also after so many steps; 0: never
    std::string name = "training";    ///< shown with the progress
};

struct LoopResult
{
    enum class Ended
    {
        finished,
        stoppedEarly,
        outOfTime,
        interrupted
    };
    Ended ended = Ended::finished;
    std::int64_t epochs = 0;    ///< completed, earlier sittings included
    std::int64_t bestEpoch = 0; ///< counted from 1; 0: none
    Metrics best;               ///< validation metrics of that epoch
    double seconds = 0.0;       ///< computing, earlier sittings included
};

/** Runs until the epochs are done, patience or time is over, or SIGINT or SIGTERM arrives (then a
    checkpoint is written first; a second signal kills). With `resume` goes on from
    checkpoints/last.pt when there is one. Throws std::runtime_error when a loss is not finite or
    a file cannot be written. */
LoopResult runLoop(Objective& objective, const LoopSettings& settings, bool resume,
                   Progress& progress);

} // namespace organum::training
