// `organum train`: from a folder of MIDI to a model bundle.

#include "CommandLine/Command.h"
#include "CommandLine/Json.h"
#include "CommandLine/Ranges.h"
#include "CommandLine/TrainableText.h"
#include "Training/Loop/Progress.h"
#include "Training/Memory.h"
#include "Training/OptionError.h"
#include "Training/Training.h"

#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>
#include <set>

namespace organum::commandline
{
namespace
{

constexpr auto examples = R"(Examples:
  organum train cifar-cnn --help                about one model: its data, recipes and settings
  organum train attention-lstm --data midi-folder --run runs/mine
  organum train attention-lstm --data midi-folder --run runs/book --recipe book
  organum train attention-lstm --data midi-folder --run runs/plain --set attention=off
  organum train musegan --data Jsb16thSeparated.json --run runs/chorales
  organum train wrodl-naive-bayes --run runs/wrodl
  organum train sketch-gan --data cats1000.bin --run runs/cats
  organum train sketch-gan --data cats1000.bin --run runs/collapse --demo collapse
  organum train --resume --run runs/mine        go on after a stop or a crash

The run folder gets config.json, split.json, log.csv, checkpoints/, samples/ and, with the best
epoch's weights, model.organum: `organum generate --model runs/mine/model.organum`.
Ctrl-C writes a checkpoint and leaves with exit code 130. `organum list` says what can be
trained, with which recipes and settings.

--json prints one object at the end:
  bundle       path of model.organum; null when the run ended before there was one
  epochs       epochs completed
  best_epoch   the epoch that was kept, counted from 1
  validation   its figures on the validation split
  interrupted  true after Ctrl-C
  out_of_time  true when --max-minutes ended the run
)";

struct Options
{
    training::TrainOptions train;
    std::vector<std::string> settings;
    bool json = false;
};

/** "attention=off" to {"attention", "off"}. */
void readSettings(Options& options)
{
    for (const auto& text : options.settings) {
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals == 0)
            throw UsageError("--set " + text + ": write NAME=VALUE, e.g. --set attention=off.");
        options.train.settings[text.substr(0, equals)] = text.substr(equals + 1);
    }
}

/** What some models learn from is built in. */
bool needsData(const std::string& what)
{
    for (const auto& model : training::list())
        if (model.name == what)
            return !model.dataNeeded.empty();
    return false; // training says that it knows no such model
}

/** For `organum train NAME --help`. */
std::string aboutModel(const std::string& what)
{
    for (const auto& model : training::list())
        if (model.name == what)
            return "About " + trainableText(model) + '\n';
    return {};
}

void checkPresent(const Options& options)
{
    if (options.train.run.empty())
        throw UsageError("--run is missing: name the folder that shall hold the run.");
    if (options.train.data.empty() && !options.train.resume && needsData(options.train.what))
        throw UsageError("--data is missing: name what to learn from; `organum list` says what " +
                         options.train.what + " needs.");
}

/** A resumed run goes on as it began; what says otherwise must not be overlooked. */
void checkResumable(const CLI::App& command)
{
    static const std::set<std::string> heeded{"--resume", "--run",     "--epochs", "--max-minutes",
                                              "--device", "--threads", "--json",   "--help"};
    for (const auto* option : command.get_options())
        if (option->count() > 0 && heeded.count(option->get_name()) == 0)
            throw UsageError(option->get_name() +
                             ": with --resume a run goes on as its config.json says. Leave this "
                             "out, or begin another run.");
}

void print(const Options& options, const training::TrainResult& result)
{
    if (options.json) {
        std::error_code error;
        const auto isThere = std::filesystem::exists(result.bundle, error);
        std::cout << jsonText({{"bundle", isThere ? nlohmann::json(result.bundle.string())
                                                  : nlohmann::json()},
                               {"epochs", result.epochs},
                               {"best_epoch", result.bestEpoch},
                               {"validation", result.bestMetrics},
                               {"interrupted", result.interrupted},
                               {"out_of_time", result.outOfTime}})
                  << '\n';
        return;
    }
    if (result.interrupted || result.outOfTime) {
        std::cout << (result.interrupted ? "Interrupted" : "Out of time") << " after "
                  << result.epochs << " epochs; go on with: organum train --resume --run "
                  << options.train.run.string() << '\n';
        return;
    }
    std::cout << "Done: " << result.epochs
              << (result.epochs == 1 ? " epoch, best " : " epochs, best ") << result.bestEpoch
              << ". Bundle: " << result.bundle.string() << '\n';
    for (const auto& [name, value] : result.bestMetrics)
        std::cout << "  validation " << name << ' ' << value << '\n';
}

training::TrainResult trained(const training::TrainOptions& options)
{
    training::ConsoleProgress progress(std::cerr, isTerminal(stderr));
    try {
        return training::train(options, progress);
    } catch (const training::OptionError& error) {
        throw UsageError(error.what());
    }
}

int run(Options& options, const CLI::App& command)
{
    readSettings(options);
    checkPresent(options);
    if (options.train.resume)
        checkResumable(command);
    training::keepFreedMemory();
    const auto result = trained(options.train);
    print(options, result);
    return result.interrupted ? interrupted : done;
}

} // namespace

void addTrain(CLI::App& program, Invocation& invocation)
{
    auto* command = program.add_subcommand("train", "Trains a model on music or images");
    auto options = std::make_shared<Options>();
    auto& train = options->train;
    auto* model = command->add_option("model", train.what, "What to train (see `organum list`)")
                      ->capture_default_str();
    command->add_option(
        "--data", train.data,
        "What to learn from, e.g. a folder of MIDI files; `organum list` says what each needs");
    command->add_option("--run", train.run, "Folder of the run, made if missing");
    auto* recipe =
        command->add_option("--recipe", train.recipe, "Training recipe (see `organum list`)")
            ->capture_default_str();
    command
        ->add_option("--demo", train.recipe,
                     "sketch-gan: let it fail as the book shows: oscillation, collapse, "
                     "uninformative")
        ->check(CLI::IsMember({"oscillation", "collapse", "uninformative"}))
        ->excludes(recipe);
    command->add_option("--parts", train.parts, "Parts to read: all, melody, a number or a name")
        ->capture_default_str();
    command->add_option("--split", train.split, "Split file (JSON: train, validation, test)");
    addSeed(*command, train.seed, "Seed of split, weights and order");
    command->add_option("--epochs", train.epochs, "Epochs; 0: as the recipe says")
        ->capture_default_str()
        ->check(inRange(std::int64_t{0}, std::int64_t{1000000}, "epochs"));
    command->add_option("--max-minutes", train.maxMinutes, "Stop after so long; 0: no limit")
        ->capture_default_str()
        ->check(inRange(0.0, 1.0e6, "minutes"));
    command->add_option("--device", train.device, "Where to compute")
        ->capture_default_str()
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
    command->add_option("--threads", train.threads, "CPU threads; default: 1, or as the run began")
        ->check(inRange(1, 256, "threads"));
    command->add_flag("--resume", train.resume, "Go on from the run's last checkpoint");
    command->add_option("--set", options->settings, "Recipe setting NAME=VALUE; may be repeated");
    command->add_option("--name", train.name, "What a musician sees; default: the folder's name");
    command->add_option("--data-name", train.dataName, "Name of the data, for the record");
    command->add_option("--licence", train.licence, "Licence of the data, for the record");
    command->add_flag("--json", options->json, "Print the result as JSON (keys below)");
    command->footer([options, model] {
        return model->count() > 0 ? aboutModel(options->train.what) + examples
                                  : std::string(examples);
    });
    command->callback([options, command, &invocation] {
        options->train.commandLine = invocation.commandLine;
        invocation.exitCode = run(*options, *command);
    });
}

} // namespace organum::commandline
