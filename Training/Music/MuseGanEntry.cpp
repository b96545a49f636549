// Registry entry "musegan" (section 7.2): from a file of chorales to a model of four voices.

#include "Score/ChoraleFile.h"
#include "Training/Adversarial/WganObjective.h"
#include "Training/Data/Sha256.h"
#include "Training/Data/Split.h"
#include "Training/Device.h"
#include "Training/Loop/Loop.h"
#include "Training/Loop/Progress.h"
#include "Training/Music/ConditionalMuseGanNetworks.h"
#include "Training/Music/MacroSearch.h"
#include "Training/Music/MuseGanData.h"
#include "Training/Music/MuseGanNetworks.h"
#include "Training/Random.h"
#include "Training/Recipe.h"
#include "Training/Registry.h"
#include "Training/Run/RunFolder.h"

#include <stdexcept>

namespace organum::training
{
namespace fs = std::filesystem;

namespace
{

constexpr std::int64_t voices = 4;
constexpr std::int64_t mostMacroPieces = 100000;

struct ChoraleRun
{
    const TrainOptions& options;
    const Settings& settings;
    const score::ChoraleSplits& chorales;
    const VoiceRecord& record;
    torch::Device device;
    Progress& progress;
};

struct VoiceRecipe : Recipe
{
    std::unique_ptr<AdversarialNetworks> (*makeNetworks)(const ChoraleRun& run) = nullptr;
    WganRecipe (*wgan)(const Settings& settings) = nullptr;
    bool hasMacros = false; ///< found when the run has ended
};

std::unique_ptr<AdversarialNetworks> makeBook(const ChoraleRun& run)
{
    const auto& settings = run.settings;
    models::MuseGanConfig config;
    config.bars = settings.integer("bars", 2, 64);
    config.tracks = voices;
    config.noise = settings.integer("noise", 1, 4096);
    config.generatorWidth = settings.integer("generator_width", 4, 16384);
    config.criticWidth = settings.integer("critic_width", 1, 4096);
    models::check(config);
    const auto data = beginningsOf(run.chorales.train, config.bars, voices);
    run.progress.message("Learning the first " + std::to_string(config.bars) + " bars of " +
                         std::to_string(data.rolls.size(0)) + " chorales; " +
                         std::to_string(data.tooShort) + " are too short.");
    auto networks =
        std::make_unique<MuseGanNetworks>(config, data.rolls, settings.integer("batch", 1, 65536),
                                          run.options.seed, run.device, run.record);
    run.progress.message(networks->sizes());
    return networks;
}

WganRecipe bookWgan(const Settings& settings)
{
    WganRecipe recipe;
    recipe.stepsPerEpoch = settings.integer("epoch_steps", 1);
    recipe.criticSteps = settings.integer("critic_steps", 1, 1000);
    recipe.chunk = settings.integer("chunk", 1);
    recipe.generatorRate = recipe.criticRate = settings.number("rate");
    recipe.penaltyWeight = settings.number("penalty");
    recipe.averaging = settings.number("averaging", 0.0, 1.0);
    return recipe;
}

std::unique_ptr<AdversarialNetworks> makeConditional(const ChoraleRun& run)
{
    const auto& settings = run.settings;
    models::ConditionalMuseGanConfig config;
    config.noise = settings.integer("noise", 1, 1024);
    config.embed = settings.integer("embed_size", 1, 1024);
    config.context = settings.integer("context", 1, 8192);
    config.plan = settings.integer("plan", 1, 4096);
    config.units = settings.integer("units", 1, 4096);
    config.critic = settings.integer("critic_width", 1, 4096);
    config.dropout = settings.number("dropout", 0.0, 0.99);
    ConditionalRecipe recipe;
    recipe.aloneWindows = settings.integer("alone_windows", 1, 4096);
    recipe.windows = settings.integer("windows", 1, 4096);
    recipe.furtherWindows = settings.integer("further_windows", 1, 4096);
    recipe.deaf = settings.number("deaf", 0.0, 1.0);
    recipe.givenShare = settings.number("given", 0.0, 1.0);
    recipe.freeChords = settings.number("free_chords");
    recipe.freeStyle = settings.number("free_style");
    recipe.freeMelody = settings.number("free_melody");
    recipe.freeGroove = settings.number("free_groove");
    recipe.lastEpoch = settings.integer("epochs", 1);
    auto networks = std::make_unique<ConditionalMuseGanNetworks>(
        config, recipe, run.chorales.train, run.chorales.valid, run.options.seed, run.device,
        run.record);
    run.progress.message(networks->sizes());
    return networks;
}

WganRecipe conditionalWgan(const Settings& settings)
{
    WganRecipe recipe;
    recipe.stepsPerEpoch = settings.integer("epoch_steps", 1);
    recipe.aloneSteps = settings.integer("alone_steps");
    recipe.warmUpSteps = settings.integer("warm_up");
    recipe.criticSteps = settings.integer("critic_steps", 1, 1000);
    recipe.generatorRate = settings.number("rate");
    recipe.criticRate = settings.number("critic_rate");
    recipe.aloneRate = settings.number("alone_rate");
    recipe.penaltyWeight = settings.number("penalty");
    recipe.driftWeight = settings.number("drift");
    recipe.adversarialWeight = settings.number("adversarial");
    recipe.clip = settings.number("clip");
    recipe.averaging = settings.number("averaging", 0.0, 1.0);
    recipe.chunk = settings.integer("windows", 1, 4096);
    recipe.restFrom = 0.6;
    return recipe;
}

std::vector<Setting> conditionalSettings()
{
    return {
        {"epochs", "36", "rounds of generator steps; each writes the bundle and a row of the log"},
        {"epoch_steps", "100", "generator steps in an epoch"},
        {"alone_steps", "3000", "steps at the beginning, without critic: bars are told again"},
        {"alone_windows", "12", "windows of four bars in each of them"},
        {"alone_rate", "0.0012", "their learning rate of Adam"},
        {"warm_up", "30", "steps after them in which the critic learns alone"},
        {"critic_steps", "2", "critic steps before each generator step"},
        {"windows", "20", "windows of three bars that the critic sees in a step"},
        {"further_windows", "8", "windows of four bars told again in a step beside the critic"},
        {"rate", "0.0003", "learning rate of Adam beside the critic"},
        {"critic_rate", "0.0005", "the critic's"},
        {"adversarial", "4", "weight of the critic's opinion"},
        {"penalty", "10", "weight of the gradient penalty"},
        {"drift", "0.001", "weight of the critic's mean squared score of real windows"},
        {"clip", "5", "largest norm of the generator's gradient"},
        {"averaging", "0.99", "decay of the averaged generator"},
        {"deaf", "0.3", "share of a voice's own last notes that it does not hear"},
        {"given", "0.35", "share of the critic's windows in which voices are given"},
        {"free_chords", "18", "nats that each chords vector may tell for nothing"},
        {"free_style", "4", "the same for style"},
        {"free_melody", "3", "the same for melody"},
        {"free_groove", "4", "the same for groove"},
        {"noise", "32", "numbers in each vector of noise"},
        {"embed_size", "24", "numbers in a note's embedding"},
        {"context", "256", "numbers that stand for what came before"},
        {"plan", "128", "channels of the plan that voices share"},
        {"units", "128", "units of each voice's recurrent network"},
        {"critic_width", "128", "channels of the critic"},
        {"dropout", "0.15", "share of values dropped while training"},
        {"macro_pieces", std::to_string(MacroRecipe().pieces),
         "pieces composed at the end to find directions for macro knobs; 0: no macros"},
        {"macro_checks", std::to_string(MacroRecipe().checks),
         "pieces composed at each of five places of such a knob to check it"}};
}

const std::vector<VoiceRecipe>& voiceRecipes()
{
    static const std::vector<VoiceRecipe> recipes = {
        {{"conditional",
          "bar follows bar and hears those before it, so pieces have any length; an encoder "
          "teaches "
          "the generator first, then WGAN-GP",
          conditionalSettings()},
         makeConditional,
         conditionalWgan,
         true},
        {{"book",
          "the book's network and procedure: two bars at a stroke, WGAN-GP",
          {{"epochs", "240",
            "rounds of generator steps; each writes the bundle and a row of the log"},
           {"epoch_steps", "25", "generator steps in an epoch"},
           {"critic_steps", "5", "critic steps before each generator step"},
           {"batch", "64", "pieces in a step"},
           {"rate", "0.001", "learning rate of Adam, both networks"},
           {"penalty", "10", "weight of the gradient penalty"},
           {"averaging", "0", "decay of the averaged generator; 0: the last weights are kept"},
           {"bars", "2", "bars the network writes at a stroke"},
           {"noise", "32", "numbers in each vector of noise"},
           {"generator_width", "1024", "units of the generator's widest layers"},
           {"critic_width", "128", "channels of the critic's first layers"},
           {"chunk", "16", "pieces the critic looks at together; matters for speed alone"}}},
         makeBook,
         bookWgan}};
    return recipes;
}

MacroRecipe macroRecipe(const Settings& settings)
{
    MacroRecipe recipe;
    recipe.pieces = static_cast<int>(settings.integer("macro_pieces", 0, mostMacroPieces));
    recipe.checks = static_cast<int>(settings.integer("macro_checks", 2, mostMacroPieces));
    return recipe;
}

/** Names for the pieces of a file that names none. */
std::vector<std::string> pieceNames(const std::string& split, std::size_t count)
{
    std::vector<std::string> names;
    for (std::size_t i = 1; i <= count; ++i)
        names.push_back(split + "/" + std::to_string(i));
    return names;
}

TrainResult trainMuseGan(const TrainOptions& given, Progress& progress)
{
    if (!given.split.empty())
        throw OptionError("A file of chorales says itself which pieces are for training. "
                          "Leave --split out.");
    auto options = completed(given);
    const auto& recipe = findRecipe(voiceRecipes(), options.recipe);
    options.recipe = recipe.name;
    const auto settings = chosenSettings(recipe, options);
    const auto macros = recipe.hasMacros ? macroRecipe(settings) : MacroRecipe{};
    const auto device = chooseDevice(options.device, options.threads);
    options.device = device.str(); // "auto" may mean another one when the run goes on

    const auto chorales = score::readChorales(options.data);
    Split split;
    split.train = pieceNames("train", chorales.train.size());
    split.validation = pieceNames("validation", chorales.valid.size());
    split.test = pieceNames("test", chorales.test.size());
    progress.message("Read " + options.data.string() + ": train " +
                     std::to_string(split.train.size()) + ", validation " +
                     std::to_string(split.validation.size()) + ", test " +
                     std::to_string(split.test.size()) + " pieces.");

    const VoiceRecord record(
        options, settings.values(),
        {options.data.filename().string(), sha256OfFile(options.data), split.toJson()});
    torch::manual_seed(randomBits("weights", options.seed));
    const auto networks =
        recipe.makeNetworks({options, settings, chorales, record, device, progress});
    WganObjective objective(*networks, recipe.wgan(settings), options.seed);

    LoopSettings loop;
    loop.run = options.run;
    loop.seed = options.seed;
    loop.epochs = settings.integer("epochs");
    loop.maxMinutes = options.maxMinutes;
    loop.name = options.what;
    auto open = openRun(options, settings.values(), loop.epochs, split.toJson());
    const auto result = runToEnd(objective, loop, options, open, progress);
    if (recipe.hasMacros && macros.pieces > 0 && !result.interrupted && !result.outOfTime)
        bundle::writeBundle(result.bundle, withMacros(bundle::readBundle(result.bundle), macros,
                                                      options.seed, progress));
    return result;
}

} // namespace

Entry museGanEntry()
{
    Entry entry;
    entry.listed.name = "musegan";
    entry.listed.title = "Four voices under four knobs";
    entry.listed.bookSection = "7.2";
    entry.listed.dataNeeded = "a file of chorales (Jsb16thSeparated.json)";
    entry.listed.example = "organum train musegan --data Jsb16thSeparated.json --run runs/chorales";
    for (const auto& recipe : voiceRecipes())
        describeRecipe(recipe, entry.listed);
    entry.train = trainMuseGan;
    return entry;
}

} // namespace organum::training
