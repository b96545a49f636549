// `organum generate`: new music from a model, as MIDI and, when asked, as sound and pictures.

#include "CommandLine/Command.h"
#include "CommandLine/Composing.h"
#include "CommandLine/Explanations.h"
#include "CommandLine/GenerateOptions.h"
#include "CommandLine/Json.h"
#include "CommandLine/ModelLibrary.h"
#include "CommandLine/OutputSet.h"
#include "CommandLine/PresetOptions.h"
#include "CommandLine/ScoreFiles.h"
#include "CommandLine/TakeScore.h"
#include "Score/MidiFile.h"
#include "Sound/SoundLength.h"
#include "Training/Loop/Interrupt.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <memory>
#include <optional>
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
  organum generate --model folk-tunes --chords "| G | Em C | D7 . . G |" --key G -o over.mid
  organum generate --model bach-chorales --chords "I vi IV V" --key Bb --chord-strength 1 -o pop.mid
  organum generate --model bach-cello --chords-from song.mid --bars 32 -o solo.mid
  organum generate --preset "Evening hymn" --seed 3 -o hymn.mid
  organum generate --model bach-chorales --bars 8 --chords-seed 3 --rules 1 -o chorale.mid
  organum generate --model bach-chorales --bars 8 --style-seed-b 5 --style-morph 0.5 -o between.mid
  organum generate --model bach-chorales --bars 8 --lock-voice soprano --lock-from chorale.mid \
      --groove-bass-seed 9 -o other.mid

Chords stand in bars; a bar is divided evenly among them, a dot holds the chord before, % repeats a
bar, N.C. leaves a place free. Without any | each chord is a bar. The harmony repeats until the
piece ends. With --chord-strength 1 every note at every moment is a chord tone; below, other notes
are less likely, between beats less so.
With several variations the files are numbered: jig-1.mid, jig-2.mid ...
A model with voices writes one track a voice. Each of its knobs is an idea drawn from a seed: chords
(common to all, bar by bar), style (common to all, the whole piece), a melody and a groove for each
voice. Without a seed of its own a knob takes --seed; a morph moves it towards a second idea.
--json prints one object:
  model, title, bars, metre, tempo   what was asked
  chords, chord_strength             the harmony as it was understood
  takes   a list: seed, notes, notice (what had to be changed in the primer, or ""), files, and
          chord_conformity_percent  sounding time on chord tones; with chords
          nats_per_element      how surprising the take is to the model; of one voice
          voices                notes of each voice by name; of several
          own_choice_percent    cells that play the network's own first choice; of several
)";

struct Made
{
    Take take;
    std::vector<fs::path> files;
    std::optional<double> conformity; ///< to the chords asked for, in percent
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
    const auto name = options.output.filename().string();
    if (!isFolder && (name == ".mid" || name == ".midi"))
        throw UsageError("-o " + options.output.string() +
                         ": that is an ending without a name; write one before it, like new.mid.");
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

/** To be asked before composing, which may take long. */
void checkSoundLength(const GenerateOptions& options, const Primer& primer)
{
    auto length = newLength(options, primer);
    if (options.withPrimer)
        length += primer.length;
    const auto seconds = length.toDouble() * primer.microsecondsPerQuarter / 1.0e6;
    if (sound::isTooLongForSound(seconds))
        throw UsageError("--bars " + std::to_string(options.bars) + ": in " + metreText(primer) +
                         " and this tempo they last " +
                         std::to_string(std::lround(seconds / 60.0)) +
                         " minutes, but a sound file takes at most " +
                         std::to_string(sound::longestSoundMinutes) +
                         ". Ask for fewer bars or a higher --tempo, or for MIDI alone.");
}

/** The chords that were asked for, where the new music stands in the file. */
std::vector<score::ChordSpan> chordsOver(const score::ChordProgression& progression,
                                         const GenerateOptions& options, const Primer& primer)
{
    if (progression.isEmpty() || options.chords.strength <= 0.0)
        return {};
    auto chords = progression.over(0, options.bars, primer.metre.barLength());
    if (options.withPrimer)
        for (auto& chord : chords)
            chord.onset += primer.length;
    return chords;
}

nlohmann::json jsonOf(const Made& made, const ModelDescription& model)
{
    const auto& take = made.take;
    nlohmann::json json{{"seed", take.seed}, {"notes", take.notes.size()}, {"notice", take.notice}};
    for (const auto& file : made.files)
        json["files"].push_back(file.string());
    if (made.conformity)
        json["chord_conformity_percent"] = *made.conformity;
    if (!model.hasVoices()) {
        json["nats_per_element"] = take.meanNegativeLogLikelihood();
        return json;
    }
    for (std::size_t voice = 0; voice < model.voices.size(); ++voice)
        json["voices"][model.voices[voice].name] =
            std::count(take.voices.begin(), take.voices.end(), static_cast<int>(voice));
    json["own_choice_percent"] = 100.0 * take.ownChoiceShare;
    return json;
}

void print(const GenerateOptions& options, const Primer& primer, const std::string& title,
           const ModelDescription& model, const score::ChordProgression& progression,
           const std::vector<Made>& made)
{
    const auto metre = metreText(primer);
    if (options.json) {
        nlohmann::json takes = nlohmann::json::array();
        for (const auto& one : made)
            takes.push_back(jsonOf(one, model));
        nlohmann::json json{{"model", options.model},
                            {"title", title},
                            {"bars", options.bars},
                            {"metre", metre},
                            {"tempo", 6.0e7 / primer.microsecondsPerQuarter},
                            {"takes", takes}};
        if (!progression.isEmpty()) {
            json["chords"] = progression.toString();
            json["chord_strength"] = options.chords.strength;
        }
        std::cout << jsonText(json) << '\n';
        return;
    }
    for (const auto& one : made) {
        std::cout << options.bars << " bars of " << metre << ", " << one.take.notes.size()
                  << " notes, seed " << one.take.seed << ", " << std::fixed;
        if (model.hasVoices())
            std::cout << std::setprecision(1) << 100.0 * one.take.ownChoiceShare
                      << " % the network's own first choices";
        else
            std::cout << std::setprecision(2) << one.take.meanNegativeLogLikelihood()
                      << " nats per element";
        if (one.conformity)
            std::cout << std::setprecision(1) << ", " << *one.conformity
                      << " % of the time on chord tones";
        std::cout << '\n';
        for (const auto& file : one.files)
            std::cout << "  " << file.string() << '\n';
    }
}

int run(const GenerateOptions& typed, const CLI::App& command)
{
    const GenerateOptions options = withPreset(typed, command);
    if (options.model.empty())
        throw UsageError("--model is required, unless --preset names one.");
    const auto bundle = resolveModel(options.model);
    const auto place = placeFor(options, bundle);
    if (!options.metre.empty())
        metreFromText(options.metre); // before the model takes time to load
    const auto progression = progressionFrom(options);
    const training::Interrupt interrupt;
    const auto stopIfAsked = [&interrupt] {
        if (interrupt.requested())
            throw Interrupted();
    };

    Composer composer(bundle);
    const auto model = ModelDescription::fromJson(composer.description());
    checkModelHas(command, model);
    if (command.count("--key") > 0 && options.scale == GenerateOptions().scale &&
        progression.isEmpty())
        std::cerr << "warning: --key alone changes nothing; say --scale major, for example.\n";
    const auto primer = readPrimer(options, model);
    for (const auto& warning : primer.warnings)
        std::cerr << "warning: " << warning << '\n';
    const bool everything = options.all || place.everything;
    if (everything)
        checkSoundLength(options, primer);
    const auto takes =
        composeTakes(composer, options, primer, model, progression, everything, stopIfAsked);

    const auto title = model.title.empty() ? options.model : model.title;
    OutputSet outputs;
    std::vector<Made> made;
    for (std::size_t i = 0; i < takes.size(); ++i) {
        const auto number = takes.size() > 1 ? "-" + std::to_string(i + 1) : std::string();
        const auto base = withEnding(place.base, number);
        const auto midi =
            takes.size() == 1 && !place.midi.empty() ? place.midi : withEnding(base, ".mid");
        const auto score = scoreFrom(takes[i], primer, options, title, model);
        const auto before = outputs.targets().size();
        score::writeMidiFile(outputs.stage(midi), score);
        if (everything) {
            ScoreFileOptions files;
            files.title = score.title;
            files.sound.soundFont = options.soundFont;
            files.sound.pulse = stopIfAsked;
            files.chords = chordsOver(progression, options, primer);
            stageScoreFiles(outputs, score, base, files);
            stageExplanations(outputs, takes[i], base, title, model);
        }
        const auto targets = outputs.targets();
        made.push_back({takes[i],
                        {targets.begin() + static_cast<std::ptrdiff_t>(before), targets.end()},
                        conformityPercent(takes[i], progression, options.bars, primer.metre)});
        if (!takes[i].notice.empty())
            std::cerr << "note: " << takes[i].notice << '\n';
    }
    stopIfAsked();
    outputs.commit();
    print(options, primer, title, model, progression, made);
    return done;
}

} // namespace

void addGenerate(CLI::App& program, Invocation& invocation)
{
    auto* command = program.add_subcommand("generate", "Composes new music with a model");
    auto options = std::make_shared<GenerateOptions>();
    addGenerateOptions(*command, *options);
    command->footer(examples);
    command->callback(
        [options, command, &invocation] { invocation.exitCode = run(*options, *command); });
}

} // namespace organum::commandline
