// training::evaluate(): a model and the counting baselines on the same held-out elements.

#include "Training/Evaluation/CountingModels.h"
#include "Training/Evaluation/Judged.h"
#include "Training/Evaluation/ModelPredictor.h"
#include "Training/Evaluation/TrainedModel.h"
#include "Training/Loop/Progress.h"
#include "Training/Music/MusicData.h"
#include "Training/OptionError.h"
#include "Training/Registry.h"
#include "Training/Threads.h"
#include "Training/Training.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <stdexcept>

namespace organum::training
{
namespace
{

using Json = nlohmann::ordered_json;

struct Row
{
    std::string key;   ///< in the JSON
    std::string title; ///< in the table
    std::vector<PieceScores> pieces;
};

Json figuresJson(const Figures& f)
{
    return {
        {"elements", f.elements},
        {"pitch", f.pitch},
        {"duration", f.duration},
        {"sum", f.sum},
        {"accuracy",
         {{"pitch", f.pitchAccuracy}, {"duration", f.durationAccuracy}, {"both", f.bothAccuracy}}},
        {"change_accuracy", f.changeAccuracy}};
}

Json rowJson(const Row& row, const EvaluateOptions& options)
{
    auto json = figuresJson(figuresOf(row.pieces));
    const auto pair = [](const Interval& i) { return Json::array({i.low, i.high}); };
    json["interval"] = pair(bootstrapOverPieces(row.pieces, options.bootstrapDraws, options.seed));
    json["interval_elements"] =
        pair(bootstrapOverElements(row.pieces, options.bootstrapDraws / 10, options.seed));
    for (const auto& piece : row.pieces)
        json["movements"][piece.name] = figuresJson(figuresOf(piece));
    return json;
}

std::string tableOf(const std::vector<Row>& rows, const EvaluateOptions& options,
                    std::size_t unknownPitches, std::size_t unknownDurations)
{
    const auto& model = rows.front();
    char line[240];
    std::string text;
    std::snprintf(line, sizeof line,
                  "Split: %s, %zu pieces, %zu elements (%zu unknown chords, %zu unknown durations "
                  "count as one unknown token each)\nnats per element; accuracy in %%; \"moves\": "
                  "of the chord where it changes\n\n",
                  options.split.c_str(), model.pieces.size(), figuresOf(model.pieces).elements,
                  unknownPitches, unknownDurations);
    text += line;
    std::snprintf(line, sizeof line, "%-28s %7s %9s %7s %17s %7s %9s %7s\n", "", "pitch",
                  "duration", "sum", "95% (pieces)", "pitch%", "duration%", "moves%");
    text += line;
    for (const auto& row : rows) {
        const auto f = figuresOf(row.pieces);
        const auto i = bootstrapOverPieces(row.pieces, options.bootstrapDraws, options.seed);
        std::snprintf(
            line, sizeof line, "%-28s %7.3f %9.3f %7.3f   [%6.3f,%6.3f] %7.1f %9.1f %7.1f\n",
            row.title.c_str(), f.pitch, f.duration, f.sum, i.low, i.high, 100.0 * f.pitchAccuracy,
            100.0 * f.durationAccuracy, 100.0 * f.changeAccuracy);
        text += line;
    }
    text += "\nsum by piece";
    std::snprintf(line, sizeof line, "%-16s %9s", "", "elements");
    text += line;
    for (const auto& row : rows) {
        std::snprintf(line, sizeof line, " %16.16s", row.key.c_str());
        text += line;
    }
    text += "\n";
    for (std::size_t p = 0; p < model.pieces.size(); ++p) {
        std::snprintf(line, sizeof line, "%-28.28s %9zu", model.pieces[p].name.c_str(),
                      model.pieces[p].elements.size());
        text += line;
        for (const auto& row : rows) {
            std::snprintf(line, sizeof line, " %16.3f", figuresOf(row.pieces[p]).sum);
            text += line;
        }
        text += "\n";
    }
    return text;
}

/** Fits and scores the counting models on the training pieces of the split. */
std::vector<Row> baselineRows(const TrainedModel& trained, std::vector<Piece> pieces,
                              const std::string& split, Progress& progress)
{
    progress.message("Counting n-grams of the training pieces in every key.");
    const MusicData data(std::move(pieces), trained.split);
    if (!(data.vocabulary() == trained.model.steps->vocabulary))
        throw DataError("The training files give another vocabulary than the model has, so "
                        "baselines fitted on them would score other tokens. Use the files the "
                        "model was trained on, or leave the baselines out.");
    TokenPieces allKeys, ownKeys, validation;
    for (const auto i : data.part("train")) {
        ownKeys.push_back(data.encode(i));
        for (const auto shift : data.shifts(i))
            allKeys.push_back(data.encode(i, shift));
    }
    for (const auto i : data.part("validation"))
        validation.push_back(data.encode(i));

    const Unigram unigram(ownKeys, data.vocabulary());
    const RepeatPrevious repeat(ownKeys, data.vocabulary());
    const NGram nGram(allKeys, ownKeys, validation, data.vocabulary());
    progress.message("n-gram: " + nGram.description() + " (chosen on validation).");
    const auto row = [&](const std::string& key, const std::string& title,
                         const Predictor& predictor) {
        Row result{key, title, {}};
        for (const auto i : data.part(split))
            result.pieces.push_back({data.pieces()[i].name, predictor.score(data.encode(i))});
        return result;
    };
    return {row("ngram", "Witten-Bell n-gram", nGram),
            row("repeat_previous", "repeat the previous", repeat),
            row("unigram", "unigram", unigram)};
}

} // namespace

Evaluation evaluate(const EvaluateOptions& options, Progress& progress)
{
    return evaluateJudged(options, {}, progress);
}

Evaluation evaluateJudged(const EvaluateOptions& options, const std::filesystem::path& judge,
                          Progress& progress)
{
    if (const auto* entry = entryThatMade(options.model); entry != nullptr && entry->evaluate)
        return entry->evaluate(options, judge, progress);
    else if (entry != nullptr && entry->sample)
        throw std::runtime_error("There are no figures to evaluate of " + entry->listed.name +
                                 "; `organum report` shows what " + options.model.string() +
                                 " has learnt.");
    const auto trained = openTrainedModel(options.model);
    trained.split.part(options.split);
    setThreads(options.threads);
    if (!judge.empty())
        throw OptionError("A judge compares generated digits, and this model composes. Leave "
                          "--judge out.");
    auto data = readDataOf(trained, options.data, options.parts, progress);

    Row model{"model", "model (" + trained.recipe + ")", {}};
    std::size_t unknownPitches = 0, unknownDurations = 0, done = 0;
    const auto chosen = trained.select(data.pieces, options.split);
    if (chosen.empty())
        throw DataError("The model's split has no pieces in \"" + options.split + "\".");
    for (const auto* piece : chosen) {
        progress.advance("scoring", static_cast<double>(done++), static_cast<double>(chosen.size()),
                         "pieces", piece->name);
        model.pieces.push_back(
            {piece->name, scorePiece(*trained.model.steps, trained.sampler, *piece)});
        for (const auto& token : trained.model.steps->vocabulary.encode(piece->elements)) {
            unknownPitches += token.pitch == engine::Vocabulary::unknown;
            unknownDurations += token.duration == engine::Vocabulary::unknown;
        }
    }
    std::vector<Row> rows = {model};
    Evaluation result;
    result.warnings = data.warnings;
    if (options.baselines)
        for (auto& row : baselineRows(trained, std::move(data.pieces), options.split, progress))
            rows.push_back(std::move(row));

    Json json = {{"bundle", trained.file.filename().string()},
                 {"kind", trained.model.metadata.kind},
                 {"recipe", trained.recipe},
                 {"data", trained.dataName},
                 {"split", options.split},
                 {"sampler", trained.sampler == engine::Sampler::window ? "window" : "stream"},
                 {"elements", figuresOf(rows.front().pieces).elements},
                 {"unknown", {{"pitch", unknownPitches}, {"duration", unknownDurations}}},
                 {"unit", "nats per element"},
                 {"model", rowJson(rows.front(), options)}};
    for (std::size_t i = 1; i < rows.size(); ++i)
        json["baselines"][rows[i].key] = rowJson(rows[i], options);
    json["warnings"] = result.warnings;
    result.json = json.dump(2);
    result.table = tableOf(rows, options, unknownPitches, unknownDurations);
    return result;
}

} // namespace organum::training
