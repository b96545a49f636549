#include "Training/Run/RunFolder.h"

#include "Score/AtomicFile.h"
#include "Training/Data/JsonText.h"
#include "Training/Loop/Progress.h"
#include "Training/Run/Provenance.h"

#include <stdexcept>

namespace organum::training
{

namespace fs = std::filesystem;

TrainOptions completed(TrainOptions options)
{
    std::error_code error;
    if (options.resume)
        options = readRunConfig(options);
    else if (fs::exists(options.run / "config.json", error))
        throw std::invalid_argument("The folder " + options.run.string() +
                                    " already holds a run. Resume it with --resume or choose "
                                    "another folder.");
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
    auto name = options.data.filename();
    if (name.empty())
        name = options.data.parent_path().filename();
    const auto text =
        (fs::is_directory(options.data, error) ? name : name.replace_extension()).string();
    if (options.dataName.empty())
        options.dataName = text;
    if (options.name.empty())
        options.name = text;
    return options;
}

void openRun(const TrainOptions& options, const std::map<std::string, std::string>& settings,
             std::int64_t epochs, const std::string& splitJson)
{
    std::error_code error;
    fs::create_directories(options.run / "checkpoints", error);
    if (!error)
        fs::create_directories(options.run / "samples", error);
    if (error)
        throw std::runtime_error("Could not make the run folder " + options.run.string() + ": " +
                                 error.message() + ". Choose a place that can be written to.");
    if (options.resume)
        return;
    score::writeFileAtomically(options.run / "split.json", splitJson.data(), splitJson.size(),
                               "the split");
    auto recorded = options;
    recorded.epochs = epochs;
    writeRunConfig(recorded, settings);
}

fs::path bundleOf(const TrainOptions& options)
{
    return options.run / "model.organum";
}

TrainResult runToEnd(Objective& objective, const LoopSettings& loop, const TrainOptions& options,
                     Progress& progress)
{
    const auto ended = runLoop(objective, loop, options.resume, progress);
    TrainResult result;
    result.bundle = bundleOf(options);
    result.epochs = ended.epochs;
    result.bestEpoch = ended.bestEpoch;
    result.bestMetrics = ended.best;
    result.interrupted = ended.ended == LoopResult::Ended::interrupted;
    result.outOfTime = ended.ended == LoopResult::Ended::outOfTime;
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
