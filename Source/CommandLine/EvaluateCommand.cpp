// `organum evaluate`: how well a model predicts music it has not seen, beside simple baselines.

#include "CommandLine/Command.h"
#include "CommandLine/ModelLibrary.h"
#include "CommandLine/Ranges.h"
#include "Training/Evaluation/Judged.h"
#include "Training/Loop/Progress.h"
#include "Training/OptionError.h"
#include "Training/Training.h"

#include <iostream>
#include <memory>

namespace organum::commandline
{
namespace
{

constexpr auto examples = R"(Examples:
  organum evaluate bach-cello --data cello-suites --split test
  organum evaluate runs/mine --data midi-folder --split validation --json
  organum evaluate runs/cnn --data cifar10              accuracy and loss of test images
  organum evaluate runs/digit-vae --data mnist --judge runs/judge

Of a composer every figure is in nats per element on the split named; lower is better.
--json prints one object:
  split, elements, unknown     what was scored, and how much of it no model knows by name
  model                        the model's figures
  baselines.<name>             unigram, repeat_previous, ngram: the same figures
Each of these holds pitch, duration, sum (nats per element), accuracy {pitch, duration, both},
change_accuracy, interval [low, high] (95 % of sum) and movements.<name>.
Of image models it prints what the table says: accuracy and loss, or reconstruction_error (mean
squared error of a pixel) and frechet_distance, lower is better, with the judge's own
judge_accuracy (null: not known) and warnings, e.g. when that is below 0.95.
)";

struct Options
{
    training::EvaluateOptions evaluate;
    std::string model;
    std::filesystem::path judge;
    bool noBaselines = false;
    bool json = false;
};

int run(Options& options)
{
    options.evaluate.model = resolveTrained(options.model);
    options.evaluate.baselines = !options.noBaselines;
    training::ConsoleProgress progress(std::cerr, isTerminal(stderr));
    training::Evaluation evaluation;
    try {
        evaluation = training::evaluateJudged(options.evaluate, options.judge, progress);
    } catch (const training::OptionError& error) {
        throw UsageError(error.what());
    }
    for (const auto& warning : evaluation.warnings)
        std::cerr << "warning: " << warning << '\n';
    std::cout << (options.json ? evaluation.json : evaluation.table);
    std::cout << '\n';
    return done;
}

} // namespace

void addEvaluate(CLI::App& program, Invocation& invocation)
{
    auto* command = program.add_subcommand("evaluate", "Scores a model on what it has not seen");
    auto options = std::make_shared<Options>();
    auto& evaluate = options->evaluate;
    command->add_option("model", options->model, "A bundle, its name, or a run folder")->required();
    command->add_option("--data", evaluate.data, "Folder the model was trained on")->required();
    command->add_option("--judge", options->judge,
                        "Digits: a run of digit-classifier, in whose features new digits are "
                        "compared with real ones");
    command->add_option("--split", evaluate.split, "Which part of it")
        ->capture_default_str()
        ->check(CLI::IsMember({"test", "validation", "train"}));
    command->add_option("--parts", evaluate.parts, "Parts to read; default: as in training");
    command->add_flag("--no-baselines", options->noBaselines, "Leave the counting models out");
    command->add_option("--bootstrap", evaluate.bootstrapDraws, "Draws for the intervals")
        ->capture_default_str()
        ->check(inRange(0, 1000000, "draws"));
    addSeed(*command, evaluate.seed, "Seed of the bootstrap");
    command->add_option("--threads", evaluate.threads, "CPU threads")
        ->capture_default_str()
        ->check(inRange(1, 256, "threads"));
    command->add_flag("--json", options->json, "Print JSON instead of tables (keys below)");
    command->footer(examples);
    command->callback([options, &invocation] { invocation.exitCode = run(*options); });
}

} // namespace organum::commandline
