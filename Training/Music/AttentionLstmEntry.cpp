// Registry entry "attention-lstm" (section 7.1): from a folder of MIDI files to a model bundle.

#include "Score/AtomicFile.h"
#include "Training/Data/NearDuplicates.h"
#include "Training/Device.h"
#include "Training/Loop/Progress.h"
#include "Training/Music/MusicRecipes.h"
#include "Training/Random.h"
#include "Training/Registry.h"

#include <algorithm>
#include <stdexcept>

namespace organum::training
{
namespace
{

namespace fs = std::filesystem;

void tell(const std::vector<std::string>& sentences, Progress& progress)
{
    constexpr std::size_t most = 12;
    for (std::size_t i = 0; i < std::min(most, sentences.size()); ++i)
        progress.message("  " + sentences[i]);
    if (sentences.size() > most)
        progress.message("  ... and " + std::to_string(sentences.size() - most) + " more.");
}

MusicData readData(const TrainOptions& options, Progress& progress)
{
    const auto parts = score::PartSelection::fromString(options.parts);
    auto folder = readMusicFolder(options.data, parts, progress);
    progress.message("Read " + std::to_string(folder.pieces.size()) + " pieces from " +
                     options.data.string() + ".");
    if (!folder.rejected.empty()) {
        progress.message(std::to_string(folder.rejected.size()) + " files are left out:");
        std::vector<std::string> sentences;
        for (const auto& [file, reason] : folder.rejected)
            sentences.push_back(file.filename().string() + ": " + reason);
        tell(sentences, progress);
    }
    tell(folder.warnings, progress);

    const auto groups = nearDuplicateGroups(folder.pieces);
    const auto split = options.split.empty() ? drawSplit(folder.pieces, groups, options.seed)
                                             : readSplitFile(options.split);
    checkSplit(split, folder.pieces);
    tell(straddling(split, folder.pieces, groups), progress);
    return {std::move(folder.pieces), split};
}

/** Fills what was left open and refuses a folder that holds a run. */
TrainOptions completed(TrainOptions options)
{
    if (options.resume)
        options = readRunConfig(options);
    else if (fs::exists(options.run / "config.json"))
        throw std::invalid_argument("The folder " + options.run.string() +
                                    " already holds a run. Resume it with --resume or choose "
                                    "another folder.");
    options.data = fs::absolute(options.data).lexically_normal();
    auto folderName = options.data.filename().string();
    if (folderName.empty())
        folderName = options.data.parent_path().filename().string();
    if (options.dataName.empty())
        options.dataName = folderName;
    if (options.name.empty())
        options.name = folderName;
    options.recipe = findMusicRecipe(options.recipe).name;
    return options;
}

void makeRunFolder(const fs::path& run)
{
    std::error_code error;
    fs::create_directories(run / "checkpoints", error);
    if (!error)
        fs::create_directories(run / "samples", error);
    if (error)
        throw std::runtime_error("Could not make the run folder " + run.string() + ": " +
                                 error.message() + ". Choose a place that can be written to.");
}

std::string countsText(const MusicData& data)
{
    std::string text;
    for (const auto* part : {"train", "validation", "test"})
        text += (text.empty() ? "" : ", ") + std::string(part) + " " +
                std::to_string(data.part(part).size()) + " pieces (" +
                std::to_string(data.elementCount(part)) + " elements)";
    return text;
}

TrainResult trainAttentionLstm(const TrainOptions& given, Progress& progress)
{
    const auto options = completed(given);
    const auto& recipe = findMusicRecipe(options.recipe);
    Settings settings(recipe.settings);
    for (const auto& [name, value] : options.settings)
        settings.set(name, value);
    if (options.epochs != 0)
        settings.set("epochs", std::to_string(options.epochs));
    settings.integer("epochs", 1);
    const auto device = chooseDevice(options.device, options.threads);

    const auto data = readData(options, progress);
    progress.message("Split: " + countsText(data) + "; vocabulary: " +
                     std::to_string(data.vocabulary().pitchCount()) + " chords, " +
                     std::to_string(data.vocabulary().durationCount()) + " durations.");

    torch::manual_seed(randomBits("weights", options.seed));
    const BundleWriter writer(options, data, settings.values(), recipe.trainsOnWindows);
    const auto objective = recipe.make(data, settings, options.seed, device, writer);

    LoopSettings loop;
    loop.run = options.run;
    loop.seed = options.seed;
    loop.epochs = settings.integer("epochs");
    loop.patience = settings.integer("patience");
    loop.watched = "sum";
    loop.maxMinutes = options.maxMinutes;
    loop.name = options.what;

    // Written only now that nothing in the options can be refused any more: a run that cannot start
    // leaves no folder in the way of the next try.
    makeRunFolder(options.run);
    if (!options.resume) {
        const auto text = data.split().toJson();
        score::writeFileAtomically(options.run / "split.json", text.data(), text.size(),
                                   "the split");
        auto recorded = options;
        recorded.epochs = settings.integer("epochs");
        writeRunConfig(recorded, settings.values());
    }

    const auto ended = runLoop(*objective, loop, options.resume, progress);

    TrainResult result;
    result.bundle = writer.file();
    result.epochs = ended.epochs;
    result.bestEpoch = ended.bestEpoch;
    result.bestMetrics = ended.best;
    result.interrupted = ended.ended == LoopResult::Ended::interrupted;
    result.outOfTime = ended.ended == LoopResult::Ended::outOfTime;
    writer.addEnding(ended.epochs, ended.seconds);
    if (result.interrupted || result.outOfTime)
        progress.message(std::string(result.interrupted ? "Interrupted" : "Out of time") +
                         " after " + std::to_string(ended.epochs) +
                         " epochs; a checkpoint is written. Go on with --resume.");
    return result;
}

} // namespace

Entry attentionLstmEntry()
{
    Entry entry;
    entry.listed.name = "attention-lstm";
    entry.listed.title = "Composer: one line of chords and durations";
    entry.listed.bookSection = "7.1";
    entry.listed.dataNeeded = "a folder of MIDI files, at least 3 that differ";
    std::map<std::string, std::size_t> known;
    for (const auto& recipe : musicRecipes()) {
        const auto isDefault = &recipe == &musicRecipes().front();
        entry.listed.recipes.emplace_back(recipe.name,
                                          (isDefault ? "(default) " : "") + recipe.meaning);
        for (const auto& setting : recipe.settings) {
            const auto values = " [" + recipe.name + ": " + setting.value + "]";
            const auto found = known.find(setting.name);
            if (found == known.end()) {
                known[setting.name] = entry.listed.settings.size();
                entry.listed.settings.push_back({setting.name, setting.meaning + values});
            } else {
                entry.listed.settings[found->second].meaning += values;
            }
        }
    }
    entry.train = trainAttentionLstm;
    return entry;
}

} // namespace organum::training
