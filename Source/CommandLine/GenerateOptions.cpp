#include "CommandLine/GenerateOptions.h"

#include "CommandLine/Command.h"
#include "CommandLine/Ranges.h"
#include "CommandLine/VoiceMusic.h"
#include "Score/Elements.h"
#include "Score/MidiFile.h"
#include "Score/Scale.h"

#include <algorithm>
#include <cmath>
#include <regex>

namespace organum::commandline
{
namespace
{

constexpr int choralePace = 909091; // microseconds a quarter: 66 a minute, as in the book

/** "C2" or "36" to a MIDI pitch. */
int pitchFromText(const std::string& option, const std::string& text)
{
    if (const auto pitch = score::pitchFromText(text))
        return *pitch;
    throw UsageError(
        option + ": '" + text +
        "' is no pitch; write a name like F#3 or Bb2 (C4 is middle C) or a MIDI number "
        "0 to 127.");
}

std::string scaleNames()
{
    std::string names;
    for (const auto& scale : score::scales())
        names += (names.empty() ? "" : ", ") + scale.name;
    return names;
}

std::string textOf(const score::MetreChange& metre)
{
    return std::to_string(metre.numerator) + "/" + std::to_string(metre.denominator);
}

/** What the engine composes in. */
bool isComposable(const score::MetreChange& metre)
{
    const bool powerOfTwo = (metre.denominator & (metre.denominator - 1)) == 0;
    return metre.numerator >= 1 && metre.numerator <= 32 && metre.denominator >= 1 &&
           metre.denominator <= 32 && powerOfTwo;
}

void checkMetre(const Primer& primer, const GenerateOptions& options)
{
    if (!isComposable(primer.metre))
        throw Failure("the primer " + options.primer.string() + " is in " + textOf(primer.metre) +
                      ", a metre nothing can be composed in: that takes 1 to 32 over 1, 2, 4, 8, "
                      "16 or 32. Choose the metre of the new music with --metre, like --metre "
                      "3/4.");
}

void checkRange(const Primer& primer, const GenerateOptions& options, const ModelDescription& model)
{
    for (const auto& note : primer.notes) {
        if (note.pitch >= model.lowest && note.pitch <= model.highest)
            continue;
        throw Failure("the primer " + options.primer.string() + " goes to " +
                      score::readablePitchName(note.pitch) + ", but this model knows " +
                      score::readablePitchName(model.lowest) + " to " +
                      score::readablePitchName(model.highest) +
                      ". Transpose the primer, or choose another model.");
    }
}

/** The notes of a primer: those of the model's voices as they are, else chord after chord. */
void readNotes(const score::Score& score, const GenerateOptions& options,
               const ModelDescription& model, Primer& primer)
{
    if (model.hasVoices() && options.primerParts == "all") {
        auto music = voiceMusicOf(score, model);
        if (music.known) {
            primer.notes = std::move(music.notes);
            primer.voices = std::move(music.voices);
            return;
        }
    }
    const auto selection = score::PartSelection::fromString(options.primerParts);
    for (const auto& element : score::chordify(score, selection))
        for (const int pitch : element.pitches)
            primer.notes.push_back({pitch, 90, element.onset, element.duration});
}

} // namespace

CLI::Option* addComposingOptions(CLI::App& command, GenerateOptions& options)
{
    auto* model =
        command.add_option("--model", options.model, "A model's name or its .organum file");
    command.add_option("--bars", options.bars, "Bars of new music")
        ->capture_default_str()
        ->check(inRange(1, 256, "bars"));
    addSeed(command, options.seed, "The same seed gives the same music");
    auto* primer = command.add_option("--primer", options.primer, "MIDI file to go on from");
    command
        .add_option("--primer-parts", options.primerParts,
                    "Parts of it to read: all, melody, a number or a name")
        ->capture_default_str()
        ->needs(primer);
    command.add_option("--key", options.key, "Tonic of --scale: C, F#, Bb ...")
        ->capture_default_str();
    command.add_option("--scale", options.scale, "Only notes of this scale: " + scaleNames())
        ->capture_default_str();
    command.add_option("--temperature", options.temperature, "1 as learnt; lower is safer")
        ->capture_default_str()
        ->check(inRange(0.05, 4.0, "temperatures"));
    command.add_option("--pitch-temperature", options.pitchTemperature, "For pitches alone")
        ->check(inRange(0.05, 4.0, "temperatures"));
    command
        .add_option("--duration-temperature", options.durationTemperature, "For durations alone")
        ->check(inRange(0.05, 4.0, "temperatures"));
    command.add_option("--top-p", options.topP, "Leave out the least likely 1 - p")
        ->capture_default_str()
        ->check(inRange(0.05, 1.0, "top-p"));
    command.add_option("--lowest", options.lowest, "Lowest pitch, like C2 or 36")
        ->capture_default_str();
    command.add_option("--highest", options.highest, "Highest pitch, like G4 or 67")
        ->capture_default_str();
    command.add_option("--metre", options.metre, "Metre, like 6/8 (default: the primer's, or 4/4)");
    command
        .add_option("--tempo", options.tempo,
                    "Quarters a minute (default: the primer's, or 90; with voices 66)")
        ->check(inRange(10.0, 400.0, "tempo"));
    command.add_option("--program", options.program, "General MIDI program of the parts, from 0")
        ->check(inRange(0, 127, "program"));
    command.add_option("--sampler", options.sampler, "stream, or window: the book's procedure")
        ->capture_default_str()
        ->check(CLI::IsMember({"stream", "window"}));
    addChordOptions(command, options.chords);
    addVoiceOptions(command, options.voices);
    return model;
}

void addGenerateOptions(CLI::App& command, GenerateOptions& options)
{
    addComposingOptions(command, options);
    command.add_option(
        "--preset", options.preset,
        "A preset's name or file: its model and settings, where none are given here");
    command
        .add_option("--variations", options.variations,
                    "Takes at once; take i has the seed + i - 1")
        ->capture_default_str()
        ->check(inRange(1, 16, "variations"));
    command.add_option("-o,--output", options.output,
                       "FILE.mid, or a folder that gets everything (default: MODEL-SEED.mid)");
    command.add_flag("--all", options.all,
                     "Also write WAV, MusicXML and pictures of notes, chances and attention");
    command.add_flag("--with-primer", options.withPrimer, "Write the primer before the new music")
        ->needs(command.get_option("--primer"));
    command.add_option("--soundfont", options.soundFont, "SoundFont (.sf2) for the WAV");
    command.add_flag("--json", options.json, "Print what was made as JSON (keys below)");
}

score::ChordProgression progressionFrom(const GenerateOptions& options)
{
    const auto request = requestFrom(options, {});
    return progressionFrom(options.chords,
                           score::chordKey(score::tonicFromName(options.key).value_or(0),
                                           static_cast<std::uint16_t>(request.pitch_class_mask)));
}

score::MetreChange metreFromText(const std::string& text)
{
    static const std::regex form("([0-9]{1,2})/([0-9]{1,2})");
    std::smatch match;
    if (std::regex_match(text, match, form)) {
        score::MetreChange metre;
        metre.numerator = std::stoi(match[1]);
        metre.denominator = std::stoi(match[2]);
        if (isComposable(metre))
            return metre;
    }
    throw UsageError("--metre: '" + text +
                     "' is no metre; write 1 to 32, a slash, and 1, 2, 4, 8, 16 or 32, like 3/4.");
}

Primer readPrimer(const GenerateOptions& options, const ModelDescription& model)
{
    Primer primer;
    if (model.hasVoices())
        primer.microsecondsPerQuarter = choralePace;
    if (!options.primer.empty()) {
        auto read = score::readMidiFile(options.primer);
        primer.warnings = read.warnings;
        if (!read.score.metres.empty())
            primer.metre = read.score.metres.back();
        if (!read.score.tempos.empty())
            primer.microsecondsPerQuarter = read.score.tempos.back().microsecondsPerQuarter;
        for (const auto& part : read.score.parts)
            if (!part.isDrums() && primer.program < 0)
                primer.program = part.program;
        readNotes(read.score, options, model, primer);
        if (primer.notes.empty())
            throw Failure("the primer " + options.primer.string() +
                          " holds no notes to go on from. Choose another file, or other parts "
                          "with --primer-parts.");
        const score::BarGrid bars(read.score.metres);
        score::Quarters end;
        for (const auto& note : primer.notes)
            end = std::max(end, note.end());
        const auto last = bars.at(end);
        primer.length = last.offset == score::Quarters(0) ? end : bars.barStart(last.bar + 1);
        checkRange(primer, options, model);
    }
    if (!options.metre.empty())
        primer.metre = metreFromText(options.metre);
    else
        checkMetre(primer, options);
    primer.metre.at = score::Quarters(0);
    if (options.tempo > 0.0)
        primer.microsecondsPerQuarter = static_cast<int>(std::lround(6.0e7 / options.tempo));
    return primer;
}

organum_request requestFrom(const GenerateOptions& options, const score::MetreChange& metre)
{
    organum_request request;
    organum_request_init(&request);
    request.seed = options.seed;
    request.bars = options.bars;
    request.metre_numerator = metre.numerator;
    request.metre_denominator = metre.denominator;
    const auto orCommon = [&](double own) { return own > 0.0 ? own : options.temperature; };
    request.pitch_temperature = orCommon(options.pitchTemperature);
    request.duration_temperature = orCommon(options.durationTemperature);
    request.top_p = options.topP;
    const auto tonic = score::tonicFromName(options.key);
    if (!tonic)
        throw UsageError("--key: '" + options.key +
                         "' is no note name; write one like C, F# or Bb.");
    const auto scale = score::findScale(options.scale);
    if (!scale)
        throw UsageError("--scale: there is no scale '" + options.scale +
                         "'; choose one of: " + scaleNames() + ".");
    request.pitch_class_mask = score::pitchClasses(*scale, *tonic);
    request.lowest_pitch = pitchFromText("--lowest", options.lowest);
    request.highest_pitch = pitchFromText("--highest", options.highest);
    if (request.lowest_pitch > request.highest_pitch)
        throw UsageError("--lowest " + options.lowest + " lies above --highest " + options.highest +
                         "; swap them.");
    request.sampler = options.sampler == "window" ? ORGANUM_SAMPLER_WINDOW : ORGANUM_SAMPLER_STREAM;
    request.variations = options.variations;
    return request;
}

} // namespace organum::commandline
