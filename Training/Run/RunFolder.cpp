#include "Training/Run/RunFolder.h"

#include "Score/AtomicFile.h"
#include "Training/Data/JsonText.h"
#include "Training/Loop/Loop.h"
#include "Training/Loop/Progress.h"
#include "Training/OptionError.h"
#include "Training/Run/Provenance.h"

#include <stdexcept>

#include <unistd.h>

namespace organum::training
{

namespace fs = std::filesystem;

namespace
{

constexpr const char* ownFiles[] = {"split.json", "log.csv", "model.organum",
                                    "checkpoints/last.pt"};

/** A new run overwrites nothing, and where it cannot be is said before its data is read. */
void refuseTaken(const fs::path& run)
{
    std::error_code error;
    if (fs::exists(run / "config.json", error))
        throw std::invalid_argument("The folder " + run.string() +
                                    " already holds a run. Resume it with --resume or choose "
                                    "another folder.");
    for (const auto* name : ownFiles)
        if (fs::exists(run / name, error))
            throw std::invalid_argument("The folder " + run.string() + " holds a " + name +
                                        " but no config.json, so it is no run, and a run would "
                                        "overwrite that. Choose another folder.");
    auto above = fs::absolute(run).lexically_normal();
    while (!fs::exists(above, error) && above.has_relative_path())
        above = above.parent_path();
    if (!fs::is_directory(above, error))
        throw std::runtime_error("Could not make the run folder " + run.string() + ": " +
                                 above.string() +
                                 " is no folder. Choose a place that can be written to.");
    if (::access(above.c_str(), W_OK) != 0)
        throw std::runtime_error("Could not make the run folder " + run.string() + ": " +
                                 above.string() +
                                 " is write-protected. Choose a place that can "
                                 "be written to.");
}

/** A bundle holds its name as UTF-8, and is first written when an epoch has been learnt. */
void refuseNameOfOtherBytes(const TrainOptions& options, bool isGiven)
{
    if (!isUtf8(options.name))
        throw OptionError(isGiven ? "--name is not UTF-8 text, which a model's name must be. Write "
                                    "it in a terminal that speaks UTF-8, or in plain letters."
                                  : "The data's name is not UTF-8 text, and the model would be "
                                    "called by it. Give it another with --name.");
}

/** Takes away a new run that has kept nothing. */
void leaveNothing(const fs::path& run, OpenRun& open)
{
    std::error_code error;
    for (const auto* name : {"log.csv", "model.organum", "checkpoints/last.pt"})
        if (fs::exists(run / name, error))
            return;
    for (const auto* name : {"config.json", "split.json", "checkpoints", "samples"})
        fs::remove(run / name, error); // a folder only when it is empty
    open.lock.release();
    if (open.madeFolder)
        fs::remove(run, error);
}

/** Writes the bundle of a finished run whose file is gone. Only the last epoch's weights are known
    then. */
void writeAgain(Objective& objective, TrainResult& result, Progress& progress)
{
    const auto wasBest = result.bestEpoch == result.epochs;
    result.bestMetrics = objective.validate();
    objective.epochDone(result.epochs - 1, true, result.bestMetrics);
    progress.message("The bundle " + result.bundle.string() +
                     " was gone; it is written again with the weights of epoch " +
                     std::to_string(result.epochs) +
                     (wasBest ? "."
                              : ", since those of the best epoch, " +
                                    std::to_string(result.bestEpoch) + ", went with it."));
    result.bestEpoch = result.epochs;
}

} // namespace

TrainOptions completed(TrainOptions options)
{
    std::error_code error;
    const auto isNameGiven = !options.name.empty();
    refuseNameOfOtherBytes(options, isNameGiven);
    if (options.resume)
        options = readRunConfig(options);
    else
        refuseTaken(options.run);
    if (options.threads == 0)
        options.threads = 1;
    if (options.data.empty()) { // what is built in has no place
        if (options.dataName.empty())
            options.dataName = "built in";
        if (options.name.empty())
            options.name = options.what;
        return options;
    }
    options.data = fs::absolute(options.data).lexically_normal();
    if (options.data.filename().empty()) // typed with a slash at its end
        options.data = options.data.parent_path();
    auto name = options.data.filename();
    const auto text =
        (fs::is_directory(options.data, error) ? name : name.replace_extension()).string();
    if (options.dataName.empty())
        options.dataName = text;
    if (options.name.empty())
        options.name = text;
    refuseNameOfOtherBytes(options, isNameGiven);
    return options;
}

OpenRun openRun(const TrainOptions& options, const std::map<std::string, std::string>& settings,
                std::int64_t epochs, const std::string& splitJson)
{
    std::error_code error;
    OpenRun open;
    open.madeFolder = !fs::exists(options.run, error);
    fs::create_directories(options.run, error);
    if (!error && !options.resume) {
        open.lock = RunLock(options.run);
        refuseTaken(options.run); // by one that began while the data was read
    }
    if (!error)
        fs::create_directories(options.run / "checkpoints", error);
    if (!error)
        fs::create_directories(options.run / "samples", error);
    if (error)
        throw std::runtime_error("Could not make the run folder " + options.run.string() + ": " +
                                 error.message() + ". Choose a place that can be written to.");
    if (options.resume)
        return open;
    score::writeFileAtomically(options.run / "split.json", splitJson.data(), splitJson.size(),
                               "the split");
    auto recorded = options;
    recorded.epochs = epochs;
    writeRunConfig(recorded, settings);
    return open;
}

fs::path bundleOf(const TrainOptions& options)
{
    return options.run / "model.organum";
}

fs::path bundleIn(const fs::path& runOrBundle)
{
    std::error_code error;
    if (!fs::is_directory(runOrBundle, error))
        return runOrBundle;
    const auto file = runOrBundle / "model.organum";
    if (fs::exists(file, error))
        return file;
    if (fs::exists(runOrBundle / "config.json", error))
        throw std::runtime_error("The run " + runOrBundle.string() +
                                 " has no model yet: its first epoch has not ended. Go on with "
                                 "it: organum train --resume --run " +
                                 runOrBundle.string());
    throw std::runtime_error("The folder " + runOrBundle.string() +
                             " is no run: there is no model.organum in it. Name a run folder or "
                             "a bundle.");
}

TrainResult runToEnd(Objective& objective, const LoopSettings& loop, const TrainOptions& options,
                     OpenRun& open, Progress& progress)
{
    LoopResult ended;
    try {
        ended = runLoop(objective, loop, options.resume, progress);
    } catch (...) {
        if (!options.resume)
            leaveNothing(options.run, open);
        throw;
    }
    TrainResult result;
    result.bundle = bundleOf(options);
    result.epochs = ended.epochs;
    result.bestEpoch = ended.bestEpoch;
    result.bestMetrics = ended.best;
    result.interrupted = ended.ended == LoopResult::Ended::interrupted;
    result.outOfTime = ended.ended == LoopResult::Ended::outOfTime;
    std::error_code error;
    if (!result.interrupted && !result.outOfTime && result.epochs > 0 &&
        !fs::exists(result.bundle, error))
        writeAgain(objective, result, progress);
    addEnding(result.bundle, ended.epochs, ended.seconds);
    if (result.interrupted || result.outOfTime)
        progress.message(std::string(result.interrupted ? "Interrupted" : "Out of time") +
                         " after " + std::to_string(ended.epochs) +
                         " epochs; a checkpoint is written. Go on with --resume.");
    return result;
}

void writeRunConfig(const TrainOptions& options, const std::map<std::string, std::string>& settings)
{
    const nlohmann::ordered_json json = {
        {"model", options.what},         {"recipe", options.recipe},
        {"settings", settings},          {"data", options.data.string()},
        {"parts", options.parts},        {"seed", options.seed},
        {"device", options.device},      {"threads", options.threads},
        {"epochs", options.epochs},      {"name", options.name},
        {"data_name", options.dataName}, {"licence", options.licence},
        {"command", options.commandLine}};
    const auto text = recordText(json, 1) + "\n";
    score::writeFileAtomically(options.run / "config.json", text.data(), text.size(),
                               "the run's configuration");
}

TrainOptions readRunConfig(const TrainOptions& given)
{
    const auto file = given.run / "config.json";
    std::error_code error;
    if (!fs::exists(file, error))
        throw std::runtime_error("There is no run to resume in " + given.run.string() +
                                 " (no config.json). Leave --resume out to start one.");
    try {
        const auto json = parseJson(readTextFile(file));
        auto options = given;
        std::string data;
        readField(json, "model", options.what);
        readField(json, "recipe", options.recipe);
        readField(json, "settings", options.settings);
        readField(json, "data", data);
        options.data = data;
        readField(json, "parts", options.parts);
        readField(json, "seed", options.seed);
        if (options.epochs == 0)
            readField(json, "epochs", options.epochs);
        readField(json, "name", options.name);
        readField(json, "data_name", options.dataName);
        readField(json, "licence", options.licence);
        readField(json, "command", options.commandLine);
        // Runs of earlier versions do not say where they computed.
        if (options.device == "auto")
            options.device = fieldOr(json, "device", options.device);
        if (options.threads == 0)
            options.threads = fieldOr(json, "threads", options.threads);
        options.split = given.run / "split.json";
        return options;
    } catch (const std::exception& problem) {
        throw std::runtime_error("Could not read the run's " + file.string() + ": " +
                                 problem.what() +
                                 ". Put it right, or train anew into another run folder.");
    }
}

} // namespace organum::training
