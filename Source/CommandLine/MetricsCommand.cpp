// `organum metrics`: how music, new or old, compares with a reference in figures.

#include "CommandLine/Command.h"
#include "CommandLine/Json.h"
#include "CommandLine/MetricPicture.h"
#include "CommandLine/MetricSets.h"
#include "CommandLine/MetricTable.h"
#include "CommandLine/OutputSet.h"
#include "CommandLine/Ranges.h"
#include "CommandLine/VoiceOptions.h"
#include "Training/Loop/Interrupt.h"

#include <fstream>
#include <iostream>
#include <map>
#include <memory>

namespace organum::commandline
{
namespace fs = std::filesystem;

namespace
{

constexpr auto examples = R"(Examples:
  organum metrics out/ --reference my-midi
  organum metrics bach-cello --pieces 20 --bars 16 --reference cello-suites --one-voice -o figures
  organum metrics Jsb16thSeparated.json --split test --reference Jsb16thSeparated.json
  organum metrics runs/mine --reference Jsb16thSeparated.json --reference-split test --cut 16 \
      --copied-from Jsb16thSeparated.json
  organum metrics bach-chorales --macro density=1 --reference Jsb16thSeparated.json --joining pitch
  organum metrics new.mid old.mid --json

Pieces are read on a grid of sixteenths, a voice for each part without drums; parts should come
highest first. What is measured:
  empty_bars               bars without a note, by voice and of all voices together (%)
  pitch_classes_per_bar    distinct ones, of bars that are not empty
  notes_per_bar            notes that begin
  note_lengths             notes of an eighth or longer, of a quarter or longer (%)
  scale_consistency        share of notes in the best of 24 major and minor scales, by piece
  pitch_class_entropy      bits, by piece;  pitch_classes_per_piece  how many are used
  groove_consistency       likeness of onsets in neighbouring bars, by piece
  tonal_distance           of each pair of voices, beat by beat (Harte's centroids)
  mean_pitch               MIDI numbers;  span  from the lowest to the highest voice;  dissonance
                           pairs of voices a second, a tritone or a seventh apart (%)
  polyphony                distinct pitches at once;  crossings  steps with crossed voices (%)
  parallels                fifths and octaves;  parallels_per_100_bars;  parallels_of_both_move (%)
  changes, changes_by_place, mean_step   how often pitches change, where in the beat, how far
  longest_copy, mean_copy  steps in a row that stand in the reference or in what --copied-from
                           names, in whatever key

--json prints one object:
  cut_bars, reference, sets      a set has name, pieces, bars, steps, voices, notes, onsets (how
                                 it is known where notes begin), too_short and bars_left_out (by
                                 cutting), warnings, and
  metrics     {key: number, or {item: number}}, keys as above; null: nothing to measure
  deviations  over pieces, of those measured by piece
  ratios      value / reference, of sets that are not the reference
  longest_copy   steps, piece, step, source_piece, source_step, semitones
  own_choice_percent   of a model with voices: cells that play the network's own first choice
-o writes the same as metrics.json, metrics.txt and, given a reference, metrics.png.
)";

const std::map<std::string, score::Joining> joiningRules = {
    {"pitch", score::Joining::untilPitchChanges},
    {"beat", score::Joining::cutAtBeats},
    {"bar", score::Joining::cutAtBars},
    {"strong", score::Joining::cutAtStrongBeats}};

struct Options
{
    std::vector<std::string> inputs;
    std::string reference;
    std::string referenceSplit = "train";
    std::string copiedFrom; ///< empty: the reference
    std::string joining = "written";
    SetOptions sets;
    int cut = 0;
    fs::path output;
    bool json = false;
};

MeasuredSet measured(MetricSet set, int cutBars)
{
    MeasuredSet result;
    result.set = std::move(set);
    if (cutBars > 0) {
        auto cut = analysis::cutIntoBars(result.set.pieces, cutBars);
        if (cut.pieces.empty())
            throw Failure("no piece of " + result.set.name + " has " + std::to_string(cutBars) +
                          " bars; choose a smaller --cut.");
        result.set.pieces = std::move(cut.pieces);
        result.tooShort = cut.tooShort;
        result.barsLeftOut = cut.barsLeftOut;
    }
    result.measures = analysis::measure(result.set.pieces);
    return result;
}

Comparison compare(const Options& options, const SetOptions& setOptions)
{
    Comparison comparison;
    comparison.cutBars = options.cut;
    if (!options.reference.empty()) {
        auto referenceOptions = setOptions;
        referenceOptions.split = options.referenceSplit;
        auto reference = std::move(readSets({options.reference}, referenceOptions).front());
        comparison.searched = reference.pieces;
        comparison.reference = measured(std::move(reference), options.cut);
        comparison.reference->figures = analysis::figuresOf(comparison.reference->measures);
    }
    if (!options.copiedFrom.empty()) {
        auto searchedOptions = setOptions;
        searchedOptions.split = "train";
        comparison.searched =
            std::move(readSets({options.copiedFrom}, searchedOptions).front().pieces);
    }
    const analysis::CopySearch search(comparison.searched);
    for (auto& set : readSets(options.inputs, setOptions)) {
        auto result = measured(std::move(set), options.cut);
        if (!comparison.searched.empty())
            result.measures.copies =
                analysis::measureCopies(result.set.pieces, search, setOptions.pulse);
        result.figures = analysis::figuresOf(result.measures);
        comparison.sets.push_back(std::move(result));
    }
    return comparison;
}

void warn(const MeasuredSet& set)
{
    for (const auto& warning : set.set.warnings)
        std::cerr << "warning: " << set.set.name << ": " << warning << '\n';
}

/** Figures that count notes compare only where notes are known alike. */
void warnOfOnsets(const Comparison& comparison)
{
    for (const auto& set : comparison.sets)
        if (comparison.reference && set.set.onsets != comparison.reference->set.onsets)
            std::cerr << "note: in " << set.set.name << " " << set.set.onsets
                      << ", in the reference " << comparison.reference->set.onsets
                      << "; --joining pitch counts the notes of both alike.\n";
}

void writeFiles(const Options& options, const Comparison& comparison, const std::string& json,
                const std::string& table)
{
    OutputSet outputs;
    const auto write = [&](const std::string& name, const std::string& text) {
        std::ofstream stream(outputs.stage(options.output / name), std::ios::binary);
        stream << text << '\n';
        stream.close();
        if (!stream)
            throw Failure("writing " + (options.output / name).string() +
                          " failed; free some space or choose another place with -o.");
    };
    write("metrics.json", json);
    write("metrics.txt", table);
    if (!stageMetricPicture(outputs, comparison, options.output / "metrics.png"))
        std::cerr
            << "note: no picture is drawn without --reference, or by a program that was built "
               "for training alone.\n";
    const auto targets = outputs.targets();
    outputs.commit();
    for (const auto& file : targets)
        std::cerr << file.string() << '\n';
}

int run(const Options& options)
{
    const training::Interrupt interrupt;
    auto setOptions = options.sets;
    setOptions.pulse = [&interrupt] {
        if (interrupt.requested())
            throw Interrupted();
    };
    if (const auto rule = joiningRules.find(options.joining); rule != joiningRules.end())
        setOptions.joining = rule->second;
    std::error_code error;
    if (!options.output.empty() && fs::exists(options.output, error) &&
        !fs::is_directory(options.output, error))
        throw Failure("cannot write into " + options.output.string() +
                      ": it is not a folder. Choose another place with -o.");

    const auto comparison = compare(options, setOptions);
    if (comparison.reference)
        warn(*comparison.reference);
    for (const auto& set : comparison.sets)
        warn(set);
    warnOfOnsets(comparison);
    const auto json = jsonText(toJson(comparison));
    const auto table = tableText(comparison);
    if (!options.output.empty())
        writeFiles(options, comparison, json, table);
    std::cout << (options.json ? json + "\n" : table);
    return done;
}

} // namespace

void addMetrics(CLI::App& program, Invocation& invocation)
{
    auto* command =
        program.add_subcommand("metrics", "Measures music and compares it with a reference");
    auto options = std::make_shared<Options>();
    auto& sets = options->sets;
    command
        ->add_option("music", options->inputs,
                     "MIDI files, folders of them, chorales (.json), models")
        ->required()
        ->check(notEmpty());
    command->add_option("--reference", options->reference, "What to compare with: any of these")
        ->check(notEmpty());
    const auto splits = CLI::IsMember({"train", "valid", "test"});
    command->add_option("--split", sets.split, "Split of chorales that are measured")
        ->capture_default_str()
        ->check(splits);
    command
        ->add_option("--reference-split", options->referenceSplit,
                     "Split of chorales that are the reference")
        ->capture_default_str()
        ->check(splits);
    command
        ->add_option(
            "--copied-from", options->copiedFrom,
            "Where to look for copied spans, e.g. what a model was trained on; of chorales "
            "the training split (default: the reference)")
        ->check(notEmpty());
    command
        ->add_option("--cut", options->cut,
                     "Cut all pieces into so many bars and leave the rest out; 0: whole pieces")
        ->capture_default_str()
        ->check(inRange(0, 1000, "bars"));
    command
        ->add_option(
            "--joining", options->joining,
            "Where notes begin: written (chorales, which do not say: pitch), or for all "
            "where the pitch changes (pitch), also on every beat, on every bar line, or on "
            "strong beats (strong: bar lines; mid-bar unless the note began with the bar)")
        ->capture_default_str()
        ->check(CLI::IsMember({"written", "pitch", "beat", "bar", "strong"}));
    command->add_flag("--one-voice", sets.oneVoice,
                      "Measure the highest note of each step alone, e.g. of solo music in parts");
    command->add_option("--pieces", sets.pieces, "Pieces that a model composes, seed by seed")
        ->capture_default_str()
        ->check(inRange(1, 10000, "pieces"));
    command->add_option("--bars", sets.bars, "Bars of each, in 4/4")
        ->capture_default_str()
        ->check(inRange(1, 256, "bars"));
    addSeed(*command, sets.seed, "Seed of the first");
    command
        ->add_option("--rules", sets.ruleStrength,
                     "How much voice leading may overrule a model with voices, 0 to 1")
        ->check(inRange(0.0, 1.0, "rules"));
    addMacroOption(*command, sets.macros);
    command->add_option("-o,--output", options->output, "Folder for table, JSON and picture");
    command->add_flag("--json", options->json, "Print JSON instead of the table (keys below)");
    command->footer(examples);
    command->callback([options, &invocation] { invocation.exitCode = run(*options); });
}

} // namespace organum::commandline
