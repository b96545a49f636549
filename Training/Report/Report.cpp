// training::report(): what the book shows of its composer (figures 7.8 to 7.10), and how near its
// music comes to the corpus without copying it.

#include "Bundle/Bundle.h"
#include "Engine/Generation.h"
#include "Score/MidiFile.h"
#include "Training/Data/JsonText.h"
#include "Training/Evaluation/TrainedModel.h"
#include "Training/Loop/Progress.h"
#include "Training/Music/Samples.h"
#include "Training/Registry.h"
#include "Training/Report/Book.h"
#include "Training/Report/LongestCopy.h"
#include "Training/Report/Pictures.h"
#include "Training/Report/VoiceReport.h"
#include "Training/Training.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

namespace organum::training
{
namespace
{

namespace fs = std::filesystem;

/** Takes that statistics and copies are counted over. */
constexpr int countedTakes = 8;

std::string decimal(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

std::vector<score::Element> elementsOf(const engine::Take& take)
{
    std::vector<score::Element> elements;
    for (const auto& element : take.elements)
        elements.push_back({element.pitches, element.onset, element.duration});
    return elements;
}

void writeMusic(Book& book, const engine::Take& take, const engine::Metre& metre,
                const std::string& title)
{
    const auto score = scoreOf(take, metre, title);
    score::writeMidiFile(book.file("generated.mid"), score);
    book.line("\n## New music\n\nSeed " + std::to_string(take.seed) +
              ", temperature 1, nothing cut: `generated.mid`.");
    if (!canDraw())
        return;
    drawScore(book.file("generated.png"), score, title, "");
    book.picture("generated.png", "The generated notes");
    drawProbabilities(book.file("probabilities.png"), take, title);
    book.picture("probabilities.png", "Chance of each pitch at each step (figure 7.9)");
    if (std::any_of(take.attention.begin(), take.attention.end(), [](float w) { return w > 0; })) {
        drawAttention(book.file("attention.png"), take, title);
        book.picture("attention.png", "Attention to earlier elements (figure 7.10)");
    }
}

/** Loss curves and the scores that training wrote after some epochs. */
void writeHistory(Book& book, const fs::path& run, std::int64_t bestEpoch)
{
    const auto log = readLog(run / "log.csv");
    if (const auto* epochs = log.column("epoch"); epochs && !epochs->empty()) {
        book.line("\n## Training\n");
        book.line(std::to_string(epochs->size()) + " epochs; epoch " + std::to_string(bestEpoch) +
                  " is kept.");
        if (canDraw()) {
            drawLosses(book.file("losses.png"), log, bestEpoch);
            book.picture("losses.png", "Losses");
        }
    }
    std::error_code error;
    std::vector<fs::path> samples;
    for (const auto& entry : fs::directory_iterator(run / "samples", error))
        if (entry.path().extension() == ".mid")
            samples.push_back(entry.path());
    std::sort(samples.begin(), samples.end());
    if (!samples.empty())
        book.line("\n## Scores after some epochs (figure 7.8)\n");
    for (const auto& sample : samples) {
        const auto name = sample.stem().string();
        book.line("- `samples/" + sample.filename().string() + "`");
        if (canDraw()) {
            drawScore(book.file(name + ".png"), score::readMidiFile(sample).score, name, "");
            book.picture(name + ".png", name);
        }
    }
}

void writeStatistics(Book& book, const MusicStatistics& made, const MusicStatistics& corpus)
{
    book.line("\n## Notes beside the training pieces\n");
    book.line("| | generated | training pieces |\n|---|---|---|");
    const auto row = [&](const std::string& what, const std::string& a, const std::string& b) {
        book.line("| " + what + " | " + a + " | " + b + " |");
    };
    row("elements", std::to_string(made.elements), std::to_string(corpus.elements));
    row("elements per quarter", decimal(made.elementsPerQuarter),
        decimal(corpus.elementsPerQuarter));
    row("rests", percentText(made.rests), percentText(corpus.rests));
    row("chords among sounding elements", percentText(made.chords), percentText(corpus.chords));
    row("range",
        score::readablePitchName(made.lowest) + " to " + score::readablePitchName(made.highest),
        score::readablePitchName(corpus.lowest) + " to " +
            score::readablePitchName(corpus.highest));
    row("median pitch", decimal(made.medianPitch), decimal(corpus.medianPitch));
    row("notes inside the best major scale", percentText(made.diatonic),
        percentText(corpus.diatonic));
    row("difference of pitch classes",
        percentText(totalVariation(made.pitchClasses, corpus.pitchClasses)), "");
    row("difference of durations", percentText(totalVariation(made.durations, corpus.durations)),
        "");
    row("difference of steps", percentText(totalVariation(made.steps, corpus.steps)), "");
    book.line("\nDifference: half the sum of differences of shares; 0 % = the same distribution.");
    if (canDraw())
        for (const auto& path : drawStatistics(book.place(), made, corpus))
            book.picture(book.file(path.filename().string()).filename().string(),
                         path.stem().string());
}

void writeCopies(Book& book, const std::vector<engine::Take>& takes,
                 const std::vector<const Piece*>& pieces, const engine::Metre& metre)
{
    Copy longest;
    const engine::Take* copier = nullptr;
    std::string table = "| seed | elements | longest copy | from | at quarter | moved by |\n"
                        "|---|---|---|---|---|---|\n";
    for (const auto& take : takes) {
        const auto elements = elementsOf(take);
        const auto copy = longestCopy(elements, pieces);
        if (copy.length == 0)
            continue;
        const auto& piece = *pieces[copy.piece];
        table +=
            "| " + std::to_string(take.seed) + " | " + std::to_string(elements.size()) + " | " +
            std::to_string(copy.length) + " elements, " +
            decimal((elements[copy.begin + copy.length - 1].onset +
                     elements[copy.begin + copy.length - 1].duration - elements[copy.begin].onset)
                        .toDouble()) +
            " quarters | " + piece.name + " | " + piece.elements[copy.pieceBegin].onset.toString() +
            " | " + std::to_string(copy.shift) + " |\n";
        if (copy.length > longest.length) {
            longest = copy;
            copier = &take;
        }
    }
    book.line("\n## Longest spans found in the training pieces, in any key\n");
    if (!copier) {
        book.line("None: not one element is theirs.");
        return;
    }
    book.line(table);
    const auto elements = elementsOf(*copier);
    const auto& piece = *pieces[longest.piece];
    const auto cut = [](const std::vector<score::Element>& all, std::size_t begin,
                        std::size_t length, const std::string& name) {
        score::Part part;
        part.name = name;
        for (auto i = begin; i < begin + length; ++i)
            for (const auto pitch : all[i].pitches)
                part.notes.push_back({pitch, 90, all[i].onset - all[begin].onset, all[i].duration});
        std::sort(part.notes.begin(), part.notes.end());
        return part;
    };
    score::Score both;
    both.metres.push_back({{}, metre.numerator, metre.denominator});
    both.parts = {cut(elements, longest.begin, longest.length, "generated"),
                  cut(piece.elements, longest.pieceBegin, longest.length, piece.name)};
    both.parts[1].channel = 1;
    std::string names;
    for (auto i = longest.begin; i < longest.begin + longest.length; ++i)
        names += (i > longest.begin ? " " : "") + score::chordName(elements[i].pitches) + ":" +
                 elements[i].duration.toString();
    book.line("\nThe longest, as generated: " + names);
    score::writeMidiFile(book.file("longest-copy.mid"), both);
    if (canDraw()) {
        drawScore(book.file("longest-copy.png"), both, "Longest span found in training",
                  "generated, and " + piece.name);
        book.picture("longest-copy.png", "The longest copied span beside its source");
    }
}

/** Whether the bundle of a model writes several voices at once. */
bool writesVoices(const fs::path& file)
{
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        return false; // what is wrong is said where it is opened
    const auto provenance =
        nlohmann::json::parse(bundle::readMetadata(file).provenance, nullptr, false);
    return fieldOr(provenance, "model", std::string()) == "musegan";
}

/** The folder a run was trained on, from its config.json; empty when there is none. */
fs::path dataOfRun(const fs::path& run)
{
    try {
        return fieldOr(parseJson(readTextFile(run / "config.json")), "data", std::string());
    } catch (const std::exception&) {
        return {};
    }
}

} // namespace

std::vector<fs::path> report(const ReportOptions& options, Progress& progress)
{
    if (const auto* entry = entryThatMade(options.model); entry != nullptr && entry->report)
        return entry->report(options, progress);
    const auto file =
        fs::is_directory(options.model) ? options.model / "model.organum" : options.model;
    if (writesVoices(file))
        return reportVoices(options, file, progress);
    const auto trained = openTrainedModel(options.model);
    const auto isRun = fs::is_directory(options.model);
    const auto provenance = nlohmann::json::parse(trained.model.metadata.provenance);
    Book book(options.output);
    const auto name = trained.model.metadata.name;
    book.line("# " + name + "\n");
    book.line("Kind `" + trained.model.metadata.kind + "`, recipe `" + trained.recipe +
              "`, trained on " + trained.dataName + " (" +
              std::to_string(trained.split.train.size()) + " pieces; " +
              std::to_string(trained.split.validation.size()) + " for validation, " +
              std::to_string(trained.split.test.size()) + " for tests).");
    if (!canDraw())
        book.line("\nThis build has no graphics, so there are no pictures.");

    progress.message("Composing.");
    const auto metre = metreOf(fieldOr(provenance, "metre", std::string()));
    engine::Request request;
    request.seed = options.seed;
    request.bars = options.bars;
    request.metre = metre;
    request.sampler = trained.sampler;
    request.explainProbabilities = request.explainAttention = true;
    const auto takes = engine::generate(trained.model.steps, request);
    writeMusic(book, takes.front(), metre, name);
    if (isRun)
        writeHistory(book, options.model, fieldOr(provenance, "epoch", std::int64_t{0}));

    const auto folder = !options.data.empty() || !isRun ? options.data : dataOfRun(options.model);
    if (folder.empty()) {
        book.line("\nStatistics and copies need the training pieces: give --data.");
    } else {
        const auto data = readDataOf(trained, folder, "", progress);
        progress.message("Comparing with the training pieces.");
        request.explainProbabilities = request.explainAttention = false;
        request.variations = countedTakes;
        const auto counted = engine::generate(trained.model.steps, request);
        const auto pieces = trained.select(data.pieces, "train");
        std::vector<std::vector<score::Element>> made, corpus;
        for (const auto& take : counted)
            made.push_back(elementsOf(take));
        for (const auto* piece : pieces)
            corpus.push_back(piece->elements);
        writeStatistics(book, statisticsOf(made), statisticsOf(corpus));
        writeCopies(book, counted, pieces, metre);
    }
    return book.publish();
}

} // namespace organum::training
