// `organum generate`: new music from a model, as MIDI and, when asked, as sound and pictures.

#include "CommandLine/Command.h"
#include "CommandLine/Composer.h"
#include "CommandLine/Explanations.h"
#include "CommandLine/GenerateOptions.h"
#include "CommandLine/ModelLibrary.h"
#include "CommandLine/OutputSet.h"
#include "CommandLine/ScoreFiles.h"
#include "Score/MidiFile.h"
#include "Score/Scale.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <memory>
#include <system_error>

namespace organum::commandline
{
namespace fs = std::filesystem;

namespace
{

constexpr auto examples = R"(Examples:
  organum generate --model bach-cello --bars 16 --seed 7 -o new.mid
  organum generate --model bach-cello --bars 32 --seed 3 --all -o out/
  organum generate --model bach-cello --primer phrase.mid --bars 8 -o answer.mid
  organum generate --model folk-tunes --key G --scale major --metre 6/8 --variations 4 -o jig.mid

With several variations the files are numbered: jig-1.mid, jig-2.mid ...
--json prints one object:
  model, title, bars, metre, tempo   what was asked
  takes   a list: seed, notes, nats_per_element (how surprising the take is to the model),
          notice (what had to be changed in the primer, or ""), files
)";

struct Made
{
    Take take;
    std::vector<fs::path> files;
};

/** The files' name without ending, and whether a whole folder is wanted. */
struct Place
{
    fs::path base;
    bool everything = false;
    fs::path midi; ///< when the user named it exactly, e.g. take.midi or a device
};

Place placeFor(const GenerateOptions& options, const fs::path& bundle)
{
    const auto stem = bundle.stem().string() + "-" + std::to_string(options.seed);
    Place place;
    std::error_code error;
    if (options.output.empty()) {
        place.base = stem;
        return place;
    }
    const auto extension = options.output.extension().string();
    const bool isFolder = fs::is_directory(options.output, error) || !options.output.has_filename();
    if (isFolder || (extension.empty() && !fs::exists(options.output, error))) {
        place.base = options.output / stem;
        place.everything = true;
        return place;
    }
    if (!extension.empty() && extension != ".mid" && extension != ".midi")
        throw UsageError("-o " + options.output.string() +
                         ": music is written as MIDI; end the name in .mid, or name a folder.");
    place.base = options.output;
    place.base.replace_extension();
    place.midi = options.output;
    return place;
}

score::Score scoreFrom(const Take& take, const Primer& primer, const GenerateOptions& options,
                       const std::string& title, int program)
{
    score::Score score;
    score.title = title;
    score::Part part;
    part.name = title;
    part.program = program;
    score::Quarters shift;
    if (options.withPrimer) {
        part.notes = primer.notes;
        shift = primer.length;
    }
    for (auto note : take.notes) {
        note.onset += shift;
        part.notes.push_back(note);
    }
    score.parts.push_back(std::move(part));
    score.metres.push_back(primer.metre);
    score.tempos.push_back({score::Quarters(0), primer.microsecondsPerQuarter});
    if (const auto key = score::keySignatureOf(*score::findScale(options.scale),
                                               *score::tonicFromName(options.key)))
        score.keys.push_back(*key);
    return score;
}

/** The instrument the model learnt from, when its description tells it. */
int programOf(const GenerateOptions& options, const Primer& primer,
              const nlohmann::json& description)
{
    if (options.program >= 0)
        return options.program;
    if (primer.program >= 0)
        return primer.program;
    const auto provenance = description.is_object()
                                ? description.value("provenance", nlohmann::json())
                                : nlohmann::json();
    if (provenance.is_object() && provenance.contains("program") &&
        provenance["program"].is_number_integer())
        return std::clamp(provenance["program"].get<int>(), 0, 127);
    return 0;
}

void print(const GenerateOptions& options, const Primer& primer, const std::string& title,
           const std::vector<Made>& made)
{
    const auto metre =
        std::to_string(primer.metre.numerator) + "/" + std::to_string(primer.metre.denominator);
    if (options.json) {
        nlohmann::json takes = nlohmann::json::array();
        for (const auto& one : made) {
            nlohmann::json files = nlohmann::json::array();
            for (const auto& file : one.files)
                files.push_back(file.string());
            takes.push_back({{"seed", one.take.seed},
                             {"notes", one.take.notes.size()},
                             {"nats_per_element", one.take.meanNegativeLogLikelihood()},
                             {"notice", one.take.notice},
                             {"files", files}});
        }
        std::cout << nlohmann::json{{"model", options.model},
                                    {"title", title},
                                    {"bars", options.bars},
                                    {"metre", metre},
                                    {"tempo", 6.0e7 / primer.microsecondsPerQuarter},
                                    {"takes", takes}}
                         .dump(2)
                  << '\n';
        return;
    }
    for (const auto& one : made) {
        std::cout << options.bars << " bars of " << metre << ", " << one.take.notes.size()
                  << " notes, seed " << one.take.seed << ", " << std::fixed << std::setprecision(2)
                  << one.take.meanNegativeLogLikelihood() << " nats per element\n";
        for (const auto& file : one.files)
            std::cout << "  " << file.string() << '\n';
    }
}

int run(const GenerateOptions& options)
{
    const auto bundle = resolveModel(options.model);
    const auto place = placeFor(options, bundle);
    if (!options.metre.empty())
        metreFromText(options.metre); // before the model takes time to load
    requestFrom(options, {});

    Composer composer(bundle);
    const auto description = composer.description();
    const auto parsed = nlohmann::json::parse(description, nullptr, false);
    const auto primer = readPrimer(options, description);
    for (const auto& warning : primer.warnings)
        std::cerr << "warning: " << warning << '\n';
    const auto takes =
        composer.compose(requestFrom(options, primer.metre), primer.notes, primer.length);

    const auto title = parsed.is_object() ? parsed.value("name", options.model) : options.model;
    const int program = programOf(options, primer, parsed);
    OutputSet outputs;
    std::vector<Made> made;
    for (std::size_t i = 0; i < takes.size(); ++i) {
        const auto number = takes.size() > 1 ? "-" + std::to_string(i + 1) : std::string();
        const auto base = withEnding(place.base, number);
        const auto midi =
            takes.size() == 1 && !place.midi.empty() ? place.midi : withEnding(base, ".mid");
        const auto score = scoreFrom(takes[i], primer, options, title, program);
        const auto before = outputs.targets().size();
        score::writeMidiFile(outputs.stage(midi), score);
        if (options.all || place.everything) {
            ScoreFileOptions files;
            files.title = title;
            files.sound.soundFont = options.soundFont;
            stageScoreFiles(outputs, score, base, files);
            stageExplanations(outputs, takes[i], base, title);
        }
        const auto targets = outputs.targets();
        made.push_back(
            {takes[i], {targets.begin() + static_cast<std::ptrdiff_t>(before), targets.end()}});
        if (!takes[i].notice.empty())
            std::cerr << "note: " << takes[i].notice << '\n';
    }
    outputs.commit();
    print(options, primer, title, made);
    return done;
}

} // namespace

void addGenerate(CLI::App& program, Invocation& invocation)
{
    auto* command = program.add_subcommand("generate", "Composes new music with a model");
    auto options = std::make_shared<GenerateOptions>();
    addGenerateOptions(*command, *options);
    command->footer(examples);
    command->callback([options, &invocation] { invocation.exitCode = run(*options); });
}

} // namespace organum::commandline
