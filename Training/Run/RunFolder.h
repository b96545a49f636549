#pragma once

// The folder of a run, the same for everything that can be trained: config.json and split.json
// before the first step, then log.csv, checkpoints/, samples/ and model.organum.

#include "Training/Run/RunLock.h"
#include "Training/Training.h"

#include <filesystem>
#include <map>
#include <string>

namespace organum::training
{

class Objective;
struct LoopSettings;

/** Fills what was left open: all that a resumed run must keep from its config.json, names from the
    data's. Writes nothing. Throws std::invalid_argument when the folder already holds a run and
    `resume` is not set, std::runtime_error when there is no run to resume. */
TrainOptions completed(TrainOptions options);

/** A run folder that is being trained in. */
struct OpenRun
{
    bool madeFolder = false; ///< there was no such folder before
    RunLock lock;            ///< of a new run; train() holds that of a resumed one
};

/** Makes the folder and, for a new run, locks it and writes config.json and split.json. To be
    called when nothing in the options can be refused any more: a run that cannot start leaves no
    folder in the way of the next try. Throws std::runtime_error. */
OpenRun openRun(const TrainOptions& options, const std::map<std::string, std::string>& settings,
                std::int64_t epochs, const std::string& splitJson);

/** The bundle of a run. */
std::filesystem::path bundleOf(const TrainOptions& options);

/** The bundle of a run folder, or the file named. Throws std::runtime_error for a folder that has
    none: no run, or one whose first epoch has not ended. */
std::filesystem::path bundleIn(const std::filesystem::path& runOrBundle);

/** Runs the loop in the folder, then adds to the bundle how long it took and tells how it ended. A
    bundle that is gone is written again. When a new run fails before it has kept anything, it is
    taken away again, with its folder if that was made for it, so that the same command can be tried
    anew. */
TrainResult runToEnd(Objective& objective, const LoopSettings& loop, const TrainOptions& options,
                     OpenRun& open, Progress& progress);

/** config.json: everything `train` was told that a resumed run must keep. */
void writeRunConfig(const TrainOptions& options,
                    const std::map<std::string, std::string>& settings);
/** Takes from the run's config.json all but run, maxMinutes and resume; epochs, device and threads
    only when not given, since other threads may change the last digit of a weight. Throws
    std::runtime_error when there is no such run. */
TrainOptions readRunConfig(const TrainOptions& options);

} // namespace organum::training
