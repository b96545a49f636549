// Registry entry "attention-lstm" (section 7.1): from a folder of MIDI files to a model bundle.

#include "Training/Data/NearDuplicates.h"
#include "Training/Device.h"
#include "Training/Loop/Loop.h"
#include "Training/Loop/Progress.h"
#include "Training/Music/MusicRecipes.h"
#include "Training/Random.h"
#include "Training/Registry.h"
#include "Training/Run/RunFolder.h"

#include <algorithm>

namespace organum::training
{
namespace
{

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
    auto options = completed(given);
    const auto& recipe = findRecipe(musicRecipes(), options.recipe);
    options.recipe = recipe.name;
    const auto settings = chosenSettings(recipe, options);
    const auto device = chooseDevice(options.device, options.threads);
    options.device = device.str(); // "auto" may mean another one when the run goes on

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

    auto open = openRun(options, settings.values(), loop.epochs, data.split().toJson());
    return runToEnd(*objective, loop, options, open, progress);
}

} // namespace

Entry attentionLstmEntry()
{
    Entry entry;
    entry.listed.name = "attention-lstm";
    entry.listed.title = "Composer: one line of chords and durations";
    entry.listed.bookSection = "7.1";
    entry.listed.dataNeeded = "a folder of MIDI files, at least 3 that differ";
    entry.listed.example = "organum train attention-lstm --data midi-folder --run runs/mine";
    for (const auto& recipe : musicRecipes())
        describeRecipe(recipe, entry.listed);
    entry.train = trainAttentionLstm;
    return entry;
}

} // namespace organum::training
