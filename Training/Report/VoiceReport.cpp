#include "Training/Report/VoiceReport.h"

#include "Engine/ModelLoader.h"
#include "Engine/organum_engine.h"
#include "Score/ChoraleFile.h"
#include "Score/MidiFile.h"
#include "Training/Data/JsonText.h"
#include "Training/Data/Sha256.h"
#include "Training/Loop/Progress.h"
#include "Training/Music/Samples.h"
#include "Training/Report/Book.h"
#include "Training/Report/NearestExcerpt.h"
#include "Training/Report/Pictures.h"
#include "Training/Report/RollSheet.h"

#include <cmath>
#include <cstdio>
#include <stdexcept>

namespace organum::training
{
namespace
{

namespace fs = std::filesystem;

constexpr int stepsOfBar = 16;
/** Panels of a network that writes bar after bar: as long as the windows it learns from. */
constexpr std::int64_t usualBars = 4;
constexpr int stages = 7; ///< of the way from one idea to another

struct Voices
{
    engine::LoadedModel model;
    std::string recipe;
    std::string trainedOn;
    int program = 0;
    int panelBars = 0;
    bool hearsItself = false; ///< later bars hear the earlier ones
    score::ChoraleSplits chorales;
    std::string warning;
};

struct Panel
{
    std::string file; ///< its name without ending
    std::string title;
    std::string caption;
    score::Score music;
    score::VoiceGrid grid;
    int onlyVoice = -1; ///< the voice whose vector changed; -1: not one alone
};

std::string decimal(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}

/** The file of chorales: as given, else as the run says. */
fs::path dataFile(const ReportOptions& options)
{
    if (!options.data.empty())
        return options.data;
    const auto config = options.model / "config.json";
    std::error_code error;
    if (fs::is_directory(options.model, error) && fs::exists(config, error)) {
        try {
            const auto json = parseJson(readTextFile(config));
            std::string data;
            readField(json, "data", data);
            return data;
        } catch (const std::exception& problem) {
            throw std::runtime_error("Could not read the run's " + config.string() + ": " +
                                     problem.what() + ". Put it right, or give --data.");
        }
    }
    throw std::invalid_argument(
        "The report sets new music beside the nearest training piece, and " +
        options.model.string() +
        " does not say where these are. Give the file of chorales: --data "
        "Jsb16thSeparated.json.");
}

Voices open(const ReportOptions& options, const fs::path& file)
{
    Voices voices;
    voices.model = engine::loadModel(file);
    const auto data = dataFile(options);
    std::error_code error;
    if (!fs::exists(data, error))
        throw std::runtime_error("The training pieces " + data.string() +
                                 " are not there, so new music cannot be set beside the nearest of "
                                 "them. Say where they are with --data FILE.");
    voices.chorales = score::readChorales(data, score::Joining::cutAtBeats);
    const auto provenance = nlohmann::json::parse(voices.model.metadata.provenance);
    const auto config = nlohmann::json::parse(voices.model.metadata.config);
    voices.recipe = fieldOr(provenance, "recipe", std::string());
    voices.trainedOn = fieldOr(fieldOr(provenance, "data", nlohmann::json::object()), "name",
                               data.filename().string());
    voices.program = fieldOr(provenance, "program", 0);
    // The book's network writes a fixed number of bars at a stroke.
    voices.panelBars = static_cast<int>(fieldOr(config, "bars", usualBars));
    voices.hearsItself = !config.contains("bars");
    try {
        const auto& learnt = provenance.at("data").at("files").at(0);
        if (learnt.at("sha256") != sha256OfFile(data))
            voices.warning = data.filename().string() + " is not the file the model was trained on"
                                                        ", or has changed since.";
    } catch (const nlohmann::json::exception&) {
        voices.warning = "The bundle does not say which file it was trained on.";
    }
    return voices;
}

engine::Request requestOf(const Voices& voices, std::uint64_t seed)
{
    engine::Request request;
    request.seed = seed;
    request.bars = voices.panelBars;
    request.voices.ruleStrength = 0.0; // the network's own choices
    request.voices.joining = score::Joining::cutAtBeats;
    request.voices.latentMask = ORGANUM_ALL_LATENTS;
    for (auto& latent : request.voices.latents)
        latent = {seed, seed + 1, 0.0};
    return request;
}

score::Score compose(const Voices& voices, const engine::Request& request, const std::string& title)
{
    return scoreOfVoices(engine::generate(*voices.model.model, request).front(), voices.program,
                         title);
}

/** The panel's cells, silence at its end included. */
score::VoiceGrid gridOf(const score::Score& music, int bars)
{
    auto grid = score::gridFrom(music, {1, 4}, score::SilentParts::areVoices).grid;
    const auto cells = static_cast<std::size_t>(bars * stepsOfBar * grid.voices);
    grid.pitches.resize(cells, score::VoiceGrid::silent);
    grid.onsets.resize(cells, 0);
    return grid;
}

Panel composed(const Voices& voices, const engine::Request& request, const std::string& file,
               const std::string& title, const std::string& caption, int onlyVoice = -1)
{
    Panel panel{file, title, caption, compose(voices, request, title), {}, onlyVoice};
    panel.grid = gridOf(panel.music, voices.panelBars);
    return panel;
}

Panel nearestTo(const Panel& generated, const Voices& voices)
{
    const auto& pieces = voices.chorales.train;
    // A network that is taught every piece in every key may have learnt one by heart in any of
    // them.
    const auto nearest = nearestExcerpt(generated.grid, pieces, voices.hearsItself);
    Panel panel;
    panel.file = "panel-2-nearest";
    panel.title = "Nearest real music";
    const auto beats = nearest.first / 4;
    panel.caption =
        "train/" + std::to_string(nearest.piece + 1) + " from bar " +
        std::to_string(beats / 4 + 1) + ", beat " + std::to_string(beats % 4 + 1) +
        (nearest.shift == 0 ? std::string()
                            : ", moved by " + std::to_string(nearest.shift) +
                                  (std::abs(nearest.shift) == 1 ? " semitone" : " semitones")) +
        "; distance " + decimal(nearest.distance);
    panel.grid = excerptOf(pieces[nearest.piece], nearest, generated.grid.steps());
    score::VoiceScoreOptions options;
    options.programs = {voices.program};
    options.title = panel.title;
    panel.music = score::scoreFrom(panel.grid, options);
    return panel;
}

std::vector<Panel> panelsOf(const Voices& voices, std::uint64_t seed)
{
    const auto base = requestOf(voices, seed);
    const auto changed = [&base](int latent) {
        auto request = base;
        request.voices.latents[static_cast<std::size_t>(latent)].morph = 1.0;
        return request;
    };
    std::vector<Panel> panels;
    panels.push_back(
        composed(voices, base, "panel-1-generated", "Generated", "seed " + std::to_string(seed)));
    const auto& parts = panels.front().music.parts;
    const int bottom = static_cast<int>(parts.size()) - 1;
    const auto top = parts.front().name, last = parts.back().name;
    panels.push_back(nearestTo(panels.front(), voices));
    const auto other = "seed " + std::to_string(seed + 1) + " for ";
    panels.push_back(composed(voices, changed(ORGANUM_LATENT_CHORDS), "panel-3-chords",
                              "Chords changed", other + "chords"));
    panels.push_back(composed(voices, changed(ORGANUM_LATENT_STYLE), "panel-4-style",
                              "Style changed", other + "style"));
    panels.push_back(composed(voices, changed(ORGANUM_LATENT_MELODY), "panel-5-melody",
                              "Melody of " + top + " changed", other + "its melody", 0));
    panels.push_back(composed(voices, changed(ORGANUM_LATENT_GROOVE + bottom), "panel-6-groove",
                              "Groove of " + last + " changed", other + "its groove", bottom));
    return panels;
}

/** "Soprano 12.5 %, Alto ..." of the cells that differ from the first panel's. */
std::string changes(const std::vector<Panel>& panels, const Panel& panel, int steps)
{
    std::string text;
    const auto& first = panels.front();
    for (int voice = 0; voice < first.grid.voices; ++voice)
        text += (voice == 0 ? "" : ", ") + first.music.parts[static_cast<std::size_t>(voice)].name +
                " " + percentText(changedShare(first.grid, panel.grid, voice, 0, steps));
    return text;
}

/** Whether all voices but the one whose vector changed are as before. */
bool othersStay(const Panel& first, const Panel& panel, int steps)
{
    for (int voice = 0; voice < first.grid.voices; ++voice)
        if (voice != panel.onlyVoice && changedShare(first.grid, panel.grid, voice, 0, steps) > 0.0)
            return false;
    return true;
}

void writeTable(Book& book, const std::vector<Panel>& panels, const Voices& voices)
{
    const auto& first = panels.front();
    std::string head = "| |", rule = "|---|";
    for (const auto& part : first.music.parts) {
        head += " " + part.name + " |";
        rule += "---|";
    }
    for (int bar = 1; bar <= voices.panelBars; ++bar) {
        head += " bar " + std::to_string(bar) + " |";
        rule += "---|";
    }
    book.line("\n## What each knob changed\n\nShare of the cells (sixteenths of a voice) that "
              "sing something else than in the generated panel: by voice, and by bar of all "
              "voices.\n");
    book.line(head + "\n" + rule);
    for (std::size_t i = 1; i < panels.size(); ++i) {
        std::string row = "| " + panels[i].title + " |";
        for (int voice = 0; voice < first.grid.voices; ++voice)
            row += " " +
                   percentText(
                       changedShare(first.grid, panels[i].grid, voice, 0, first.grid.steps())) +
                   " |";
        for (int bar = 0; bar < voices.panelBars; ++bar)
            row += " " +
                   percentText(
                       changedShare(first.grid, panels[i].grid, -1, bar * stepsOfBar, stepsOfBar)) +
                   " |";
        book.line(row);
    }
    book.line("");
    for (const auto& panel : panels)
        if (panel.onlyVoice >= 0) {
            const bool all = othersStay(first, panel, first.grid.steps());
            const bool firstBar = othersStay(first, panel, stepsOfBar);
            book.line("- " + panel.title + ": " +
                      (all        ? "every other voice stays as it was."
                       : firstBar ? "in the first bar every other voice stays as it was; later "
                                    "bars hear the ones before them."
                                  : "other voices change too, from the first bar on."));
        }
}

void writePanels(Book& book, const std::vector<Panel>& panels, const Voices& voices)
{
    book.line("\n## The six panels (figure 7.16)\n\n" + std::to_string(voices.panelBars) +
              " bars, the likeliest pitch of each voice at each step, no rules of voice leading.");
    RollSheet sheet;
    sheet.title = voices.model.metadata.name + ": one idea, and one thing changed at a time";
    sheet.subtitle = "Changed cells are counted against the first panel; notes it has too are pale "
                     "in the last four.";
    sheet.bars = voices.panelBars;
    for (std::size_t i = 0; i < panels.size(); ++i) {
        const auto& panel = panels[i];
        SmallRoll roll;
        roll.music = panel.music;
        roll.caption = std::to_string(i + 1) + "  " + panel.title + " (" + panel.caption + ")";
        roll.figures = i == 0 ? "" : changes(panels, panel, panel.grid.steps());
        roll.showsChanges = i > 1;
        sheet.rolls.push_back(std::move(roll));
    }
    if (canDraw())
        drawSheet(book.file("panels.png"), sheet);
    book.picture("panels.png", "The six panels");
    for (std::size_t i = 0; i < panels.size(); ++i) {
        const auto& panel = panels[i];
        score::writeMidiFile(book.file(panel.file + ".mid"), panel.music);
        if (canDraw())
            drawScore(book.file(panel.file + ".png"), panel.music,
                      std::to_string(i + 1) + "  " + panel.title, panel.caption);
        book.line("\n" + std::to_string(i + 1) + ". " + panel.title + " (" + panel.caption +
                  "): `" + panel.file + ".mid`");
        book.picture(panel.file + ".png", panel.title);
    }
    const auto& nearest = panels[1];
    const auto same = rollDistance(panels[0].grid, nearest.grid) == 0.0;
    book.line("\nThe nearest real music was looked for at every beat of all " +
              std::to_string(voices.chorales.train.size()) + " training pieces" +
              (voices.hearsItself ? ", in every key" : "") +
              ", by Euclidean distance between rolls of -1 and 1. Its bars are counted from the "
              "piece's first step. " +
              (same ? "**It is the same music: this was learnt by heart.**"
                    : percentText(
                          changedShare(panels[0].grid, nearest.grid, -1, 0, nearest.grid.steps())) +
                          " of its cells differ."));
}

void writeInterpolation(Book& book, const Voices& voices, std::uint64_t seed)
{
    RollSheet sheet;
    sheet.title = voices.model.metadata.name + ": from one idea to another";
    sheet.subtitle = "All ten vectors glide from seed " + std::to_string(seed) + " to seed " +
                     std::to_string(seed + 1) + ".";
    sheet.columns = stages;
    sheet.rollWidth = 60.0f * static_cast<float>(voices.panelBars) + 60.0f;
    sheet.bars = voices.panelBars;
    score::Score all;
    score::VoiceGrid before;
    for (int stage = 0; stage < stages; ++stage) {
        const double morph = static_cast<double>(stage) / (stages - 1);
        auto request = requestOf(voices, seed);
        for (auto& latent : request.voices.latents)
            latent.morph = morph;
        SmallRoll roll;
        roll.music = compose(voices, request, sheet.title);
        roll.caption = stage == 0            ? "0: seed " + std::to_string(seed)
                       : stage == stages - 1 ? "1: seed " + std::to_string(seed + 1)
                                             : "morph " + decimal(morph);
        auto grid = gridOf(roll.music, voices.panelBars);
        if (stage > 0)
            roll.figures =
                percentText(changedShare(before, grid, -1, 0, grid.steps())) + " changed";
        before = std::move(grid);
        if (stage == 0)
            all = roll.music;
        else
            for (std::size_t part = 0; part < all.parts.size(); ++part)
                for (auto note : roll.music.parts[part].notes) {
                    note.onset += score::Quarters(4 * voices.panelBars * stage);
                    all.parts[part].notes.push_back(note);
                }
        sheet.rolls.push_back(std::move(roll));
    }
    if (canDraw())
        drawSheet(book.file("interpolation.png"), sheet);
    score::writeMidiFile(book.file("interpolation.mid"), all);
    book.line("\n## From one idea to another\n\n" + sheet.subtitle +
              " One after the other: "
              "`interpolation.mid`.");
    book.picture("interpolation.png", "Seven stages between two ideas");
}

void writePiece(Book& book, const Voices& voices, const ReportOptions& options)
{
    auto request = requestOf(voices, options.seed);
    request.bars = options.bars;
    request.voices.ruleStrength = engine::VoiceWishes().ruleStrength;
    request.voices.joining = engine::VoiceWishes().joining;
    const auto title = voices.model.metadata.name;
    const auto music = compose(voices, request, title);
    const auto subtitle = std::to_string(options.bars) + " bars, seed " +
                          std::to_string(options.seed) +
                          ", voice leading as the product does by default";
    score::writeMidiFile(book.file("piece.mid"), music);
    if (canDraw())
        drawScore(book.file("piece.png"), music, title, subtitle);
    book.line("\n## A longer piece\n\n" + subtitle + ": `piece.mid`.");
    book.picture("piece.png", "A longer piece");
}

void writeTraining(Book& book, const fs::path& run)
{
    const auto log = readLog(run / "log.csv");
    const auto* epochs = log.column("epoch");
    if (epochs == nullptr || epochs->empty())
        return;
    book.line("\n## Training\n\n" + std::to_string(epochs->size()) +
              " epochs; the last one's weights are kept. At its end:\n");
    for (std::size_t i = 0; i < log.names.size(); ++i)
        if (log.names[i].rfind("train_", 0) == 0 || log.names[i].rfind("validation_", 0) == 0)
            book.line("- " + log.names[i] + " " + decimal(log.columns[i].back()));
    if (canDraw())
        drawAdversarialLosses(book.file("losses.png"), log);
    book.picture("losses.png", "Losses of critic and generator");
}

} // namespace

std::vector<fs::path> reportVoices(const ReportOptions& options, const fs::path& file,
                                   Progress& progress)
{
    const auto voices = open(options, file);
    if (!voices.warning.empty())
        progress.message(voices.warning);
    progress.message("Composing, and looking for the nearest of " +
                     std::to_string(voices.chorales.train.size()) + " training pieces.");
    const auto panels = panelsOf(voices, options.seed);

    Book book(options.output);
    book.line("# " + voices.model.metadata.name + "\n");
    book.line("Kind `" + voices.model.metadata.kind + "`, recipe `" + voices.recipe +
              "`, trained on " + voices.trainedOn + " (" +
              std::to_string(voices.chorales.train.size()) + " pieces).");
    if (!voices.warning.empty())
        book.line("\n" + voices.warning);
    if (!canDraw())
        book.line("\nThis build has no graphics, so there are no pictures.");
    writePanels(book, panels, voices);
    writeTable(book, panels, voices);
    writeInterpolation(book, voices, options.seed);
    writePiece(book, voices, options);
    if (std::error_code error; fs::is_directory(options.model, error))
        writeTraining(book, options.model);
    auto files = book.publish();

    for (std::size_t i = 0; i < panels.size(); ++i)
        progress.message(
            std::to_string(i + 1) + ". " + panels[i].title + " (" + panels[i].caption + ")" +
            (i == 0 ? "" : ", changed: " + changes(panels, panels[i], panels[i].grid.steps())));
    return files;
}

} // namespace organum::training
