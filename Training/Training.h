#pragma once

// The trainer's front door: what the command line calls. No LibTorch type crosses it, so callers
// compile quickly. All functions block, run on the calling thread and throw std::exception with a
// sentence that says what was being done, to which file, and what to do next.

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace organum::training
{

class Progress;

/** The exit code of a run that was interrupted and has written its checkpoint. */
constexpr int interruptedExitCode = 130;

struct TrainOptions
{
    std::string what = "attention-lstm"; ///< a name of list()
    std::filesystem::path data;          ///< folder or file; see ListedModel::dataNeeded
    std::filesystem::path run;           ///< folder of the run; made here
    std::string parts = "all";           ///< score::PartSelection::fromString()
    std::string recipe = "default";      ///< one of the entry's recipes
    std::filesystem::path split;         ///< split file; empty: drawn from the seed
    std::uint64_t seed = 1;
    std::int64_t epochs = 0;     ///< 0: as the recipe says
    double maxMinutes = 0.0;     ///< 0: no limit. A run stopped by it can be resumed.
    std::string device = "auto"; ///< cpu, cuda, auto
    int threads = 0;     ///< CPU threads; 0: 1, which these networks rarely gain from raising
    bool resume = false; ///< go on from the run's last checkpoint
    /** Ingredients of the recipe by name, e.g. {"attention", "off"}; see ListedModel::settings. */
    std::map<std::string, std::string> settings;

    std::string name;        ///< what a musician sees; empty: the data's name
    std::string dataName;    ///< for the provenance; empty: the data's name
    std::string licence;     ///< of the data, for the provenance
    std::string commandLine; ///< for the provenance
};

struct TrainResult
{
    std::filesystem::path bundle;              ///< <run>/model.organum, the best epoch's weights
    std::int64_t epochs = 0;                   ///< completed
    std::int64_t bestEpoch = 0;                ///< counted from 1; 0: none yet
    std::map<std::string, double> bestMetrics; ///< on the validation split, e.g. "sum"
    bool interrupted = false; ///< by SIGINT or SIGTERM: leave with interruptedExitCode
    bool outOfTime = false;   ///< maxMinutes was over before the last epoch
};

/** Trains. The run folder gets config.json and split.json before the first step, then log.csv,
    checkpoints/, samples/ and model.organum. With `resume` everything but run and maxMinutes is
    taken from the run's config.json, unless epochs, device or threads are given; on the CPU, with
    as many threads as before, the result is then bit-equal to that of a run that was never
    stopped. Refuses a run folder that already holds a run unless `resume` is set. */
TrainResult train(const TrainOptions& options, Progress& progress);

struct EvaluateOptions
{
    std::filesystem::path model; ///< a bundle, or a run folder (its model.organum)
    std::filesystem::path data;  ///< the folder trained on (names decide, hashes are compared)
    std::string split = "test";  ///< test, validation, train
    std::string parts;           ///< empty: as in the bundle
    bool baselines = true;       ///< also fit and score the counting models
    int bootstrapDraws = 2000;   ///< for the 95 % intervals; 0: none
    std::uint64_t seed = 1;      ///< of the bootstrap
    int threads = 1;
};

struct Evaluation
{
    /** For people: one table of all models, one of all movements; names its data split. */
    std::string table;
    /** For programs. Keys: "split", "elements", "unknown", "model" and "baselines".<name> with
        <name> one of unigram, repeat_previous, ngram; each of those holds "pitch", "duration" and
        "sum" (nats per element), "accuracy" {"pitch", "duration", "both"}, "change_accuracy"
        (pitch, on elements whose pitch differs from the one before), "interval" [low, high]
        (95 % of "sum" over movements) and "movements" (the same figures a movement). */
    std::string json;
    std::vector<std::string> warnings; ///< e.g. files that changed since training
};

/** Scores a model and the baselines on the same elements of one split: each element given all
    before it in its movement, the first given START. */
Evaluation evaluate(const EvaluateOptions& options, Progress& progress);

struct MacroOptions
{
    std::filesystem::path model;  ///< a bundle of the kind "musegan-conditional"
    std::filesystem::path output; ///< the bundle with its macros; may be the same file
    std::uint64_t seed = 1;
    int pieces = 768; ///< composed to find directions
    int checks = 64;  ///< composed at each of five places of a knob to check it
};

/** What training a model of voices does at its end, for a bundle that exists: finds directions in
    its space of noise that move one thing a musician has a word for, and writes the bundle with
    those that do, if any does; weights stay as they are. Returns what was tried and found, the JSON
   that the bundle's provenance holds under "macros". */
std::string findMacros(const MacroOptions& options, Progress& progress);

struct ReportOptions
{
    std::filesystem::path model;  ///< a bundle, or a run folder
    std::filesystem::path output; ///< folder for the pictures and texts; made here
    std::filesystem::path data;   ///< corpus for statistics and copies; empty: as the run says
    std::uint64_t seed = 1;
    int bars = 16;
};

/** Draws what the book shows of such a model, for a composer also what tells it from a copier.
    Returns the files written; pictures as PNG, report.md as text. */
std::vector<std::filesystem::path> report(const ReportOptions& options, Progress& progress);

struct SampleOptions
{
    std::filesystem::path model;  ///< a run folder, or a bundle
    std::filesystem::path output; ///< a PNG file
    std::filesystem::path data;   ///< for models that answer images; empty: as the run says
    std::uint64_t seed = 1;
    int count = 30; ///< images
};

/** Draws new images of an image model, or what else such a model has to show. */
void sample(const SampleOptions& options, Progress& progress);

struct ListedSetting
{
    std::string name;
    std::string meaning; ///< with its default in each recipe
};

/** One thing that can be trained. */
struct ListedModel
{
    std::string name;
    std::string title;
    std::string bookSection;
    std::string dataNeeded;
    std::string size;    ///< parameters, where the data do not decide
    std::string example; ///< a command line; may be empty
    std::vector<std::pair<std::string, std::string>> recipes; ///< name, one sentence
    std::vector<ListedSetting> settings;
};

std::vector<ListedModel> list();

} // namespace organum::training
