#include "CommandLine/VoiceOptions.h"

#include "CommandLine/Command.h"
#include "CommandLine/Ranges.h"
#include "CommandLine/VoiceMusic.h"
#include "Score/MidiFile.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iostream>
#include <map>

namespace organum::commandline
{
namespace
{

constexpr auto groupName = "Models with voices";
constexpr const char* voiceNames[] = {"soprano", "alto", "tenor", "bass"};

void addKnob(CLI::App& command, KnobOptions& knob, const std::string& name,
             const std::string& meaning)
{
    const auto seedText = "another idea for " + meaning;
    command.add_option("--" + name + "-seed", knob.seedA, "Seed: " + seedText)
        ->transform(seedCheck())
        ->group(groupName);
    command.add_option("--" + name + "-seed-b", knob.seedB, "Seed of the idea to move towards")
        ->transform(seedCheck())
        ->group(groupName);
    command.add_option("--" + name + "-morph", knob.morph, "How far: 0 to 1")
        ->check(inRange(0.0, 1.0, "morphs"))
        ->group(groupName);
}

/** Bars from "1-2,5", counted from 1. */
std::vector<bool> barsFromText(const std::string& text, int count)
{
    std::vector<bool> bars(static_cast<std::size_t>(count), text.empty());
    const auto refuse = [&](const std::string& why) {
        throw UsageError("--lock-bars: '" + text + "' " + why +
                         "; write bars counted from 1, like 1-2,5.");
    };
    std::size_t from = 0;
    while (!text.empty() && from <= text.size()) {
        const auto comma = std::min(text.find(',', from), text.size());
        const auto* at = text.data() + from;
        const auto* end = text.data() + comma;
        int first = 0;
        auto read = std::from_chars(at, end, first);
        int last = first;
        if (read.ec == std::errc() && read.ptr != end && *read.ptr == '-')
            read = std::from_chars(read.ptr + 1, end, last);
        if (read.ec != std::errc() || read.ptr != end || first < 1 || last < first)
            refuse("names no bars");
        if (last > count)
            refuse("goes beyond the " + std::to_string(count) + " bars asked for");
        std::fill(bars.begin() + first - 1, bars.begin() + last, true);
        from = comma + 1;
    }
    return bars;
}

organum_latent latentFrom(const KnobOptions& own, const KnobOptions& group, const std::string& name,
                          std::uint64_t seed)
{
    const auto seedA = own.seedA ? own.seedA : group.seedA;
    const auto seedB = own.seedB ? own.seedB : group.seedB;
    const auto morph = own.morph ? own.morph : group.morph;
    if (seedB && !morph)
        throw UsageError("--" + name + "-seed-b: how far towards it? Add --" + name +
                         "-morph 0 to 1.");
    if (morph && !seedB)
        throw UsageError("--" + name + "-morph: towards which idea? Add --" + name + "-seed-b N.");
    return {seedA.value_or(seed), seedB.value_or(seedA.value_or(seed)), morph.value_or(0.0)};
}

void fillKnobs(const VoiceOptions& options, organum_request& request)
{
    static const std::string names[] = {
        "chords",      "style",          "melody-soprano", "melody-alto",  "melody-tenor",
        "melody-bass", "groove-soprano", "groove-alto",    "groove-tenor", "groove-bass"};
    for (std::size_t i = 0; i < ORGANUM_LATENTS; ++i) {
        const auto& own = options.knobs[i];
        static const KnobOptions none;
        const auto& group = i < ORGANUM_LATENT_MELODY   ? none
                            : i < ORGANUM_LATENT_GROOVE ? options.melody
                                                        : options.groove;
        if (!own.any() && !group.any())
            continue;
        const auto name = own.any() || i < ORGANUM_LATENT_MELODY ? names[i]
                          : i < ORGANUM_LATENT_GROOVE            ? std::string("melody")
                                                                 : std::string("groove");
        request.latent_mask |= 1u << i;
        request.latents[i] = latentFrom(own, group, name, request.seed);
    }
}

std::uint32_t lockedMask(const VoiceOptions& options, const ModelDescription& model)
{
    if (options.lockVoices.empty())
        return (1u << model.voices.size()) - 1u;
    std::uint32_t mask = 0;
    for (const auto& name : options.lockVoices) {
        const int voice = model.voiceNamed(name);
        if (voice < 0)
            throw UsageError("--lock-voice: this model has no voice '" + name + "'; it has " +
                             model.voiceNames() + ".");
        mask |= 1u << voice;
    }
    return mask;
}

/** Says where a lock keeps silence because the file has nothing there. */
void warnOfSilence(const VoiceOptions& options, const ModelDescription& model,
                   const score::MetreChange& metre, const GivenMusic& given)
{
    const auto end = static_cast<std::int64_t>(given.lockedVoices.size());
    const auto barsUntil = [&metre](const score::Quarters& time) {
        const auto bars = time / metre.barLength();
        return bars.floor() + (bars.denominator() == 1 ? 0 : 1);
    };
    for (std::size_t voice = 0; voice < model.voices.size(); ++voice) {
        std::int64_t lastBar = 0, lastLocked = 0; // counted from 1; 0: none
        for (std::size_t i = 0; i < given.lockedNotes.size(); ++i)
            if (given.lockedNoteVoices[i] == static_cast<int>(voice))
                lastBar = std::max(lastBar, barsUntil(given.lockedNotes[i].end()));
        for (std::int64_t bar = 0; bar < end; ++bar)
            if ((given.lockedVoices[static_cast<std::size_t>(bar)] >> voice & 1u) != 0)
                lastLocked = bar + 1;
        if (lastBar < lastLocked)
            std::cerr << "warning: " << options.lockFrom.string() << " has no notes for "
                      << model.voices[voice].name
                      << (lastBar > 0 ? " after bar " + std::to_string(lastBar) : std::string())
                      << "; that silence is kept. Name the bars to keep with --lock-bars, the "
                         "voices with --lock-voice.\n";
    }
}

/** Bars that are cut at other places than the file's would keep other notes than those meant. */
void checkMetre(const std::filesystem::path& file, const score::Score& music,
                const score::MetreChange& metre)
{
    const auto text = [](const score::MetreChange& each) {
        return std::to_string(each.numerator) + "/" + std::to_string(each.denominator);
    };
    const auto other =
        std::find_if(music.metres.begin(), music.metres.end(), [&](const score::MetreChange& each) {
            return each.barLength() != metre.barLength();
        });
    if (other != music.metres.end())
        throw Failure("--lock-from: " + file.string() + " has bars of " + text(*other) +
                      ", the new music bars of " + text(metre) +
                      ". Give a file in that metre, or another --metre that the model knows.");
}

void fillLocks(const VoiceOptions& options, const ModelDescription& model,
               const score::MetreChange& metre, int bars, GivenMusic& given)
{
    if (options.lockFrom.empty()) {
        if (!options.lockVoices.empty() || !options.lockBars.empty())
            throw UsageError(
                std::string(options.lockVoices.empty() ? "--lock-bars" : "--lock-voice") +
                ": which music is to be kept? Add --lock-from FILE.mid.");
        return;
    }
    const auto mask = lockedMask(options, model);
    for (const bool locked : barsFromText(options.lockBars, bars))
        given.lockedVoices.push_back(locked ? mask : 0u);
    const auto read = score::readMidiFile(options.lockFrom);
    for (const auto& warning : read.warnings)
        std::cerr << "warning: " << options.lockFrom.string() << ": " << warning << '\n';
    checkMetre(options.lockFrom, read.score, metre);
    const auto music = voiceMusicOf(read.score, model);
    if (!music.known)
        throw Failure("the parts of " + options.lockFrom.string() +
                      " cannot be told to be this model's voices. Name them " + model.voiceNames() +
                      ", or give a file with " + std::to_string(model.voices.size()) + " parts.");
    bool any = false;
    for (std::size_t i = 0; i < music.notes.size(); ++i) {
        const auto& note = music.notes[i];
        const auto bar = (note.onset / metre.barLength()).floor();
        any = any ||
              (bar < bars &&
               (given.lockedVoices[static_cast<std::size_t>(bar)] >> music.voices[i] & 1u) != 0);
        given.lockedNotes.push_back(note);
        given.lockedNoteVoices.push_back(music.voices[i]);
    }
    if (!any)
        throw Failure(
            "there is nothing to keep: " + options.lockFrom.string() +
            " has no note in the bars and voices that --lock-bars and --lock-voice name.");
    warnOfSilence(options, model, metre, given);
}

} // namespace

void addVoiceOptions(CLI::App& command, VoiceOptions& options)
{
    addKnob(command, options.knobs[ORGANUM_LATENT_CHORDS], "chords", "the harmony, bar by bar");
    addKnob(command, options.knobs[ORGANUM_LATENT_STYLE], "style", "the whole piece");
    addKnob(command, options.melody, "melody", "every voice's melody");
    addKnob(command, options.groove, "groove", "every voice's rhythm");
    for (std::size_t voice = 0; voice < ORGANUM_VOICES; ++voice) {
        const std::string name = voiceNames[voice];
        addKnob(command, options.knobs[ORGANUM_LATENT_MELODY + voice], "melody-" + name,
                "the " + name + "'s melody");
        addKnob(command, options.knobs[ORGANUM_LATENT_GROOVE + voice], "groove-" + name,
                "the " + name + "'s rhythm");
    }
    command
        .add_option("--rules", options.rules,
                    "How far voice leading may overrule the network: 0 not at all, 1 always "
                    "(default: 0.5)")
        ->check(inRange(0.0, 1.0, "rules"))
        ->group(groupName);
    command
        .add_option("--decoder", options.decoder,
                    "argmax: one note a voice; threshold: every pitch that is on")
        ->capture_default_str()
        ->check(CLI::IsMember({"argmax", "threshold"}))
        ->group(groupName);
    command
        .add_option("--join", options.joining,
                    "Where a repeated pitch is struck again: held (nowhere), beats, bars (bar "
                    "lines), strong (bar lines; mid-bar unless the note began with the bar)")
        ->capture_default_str()
        ->check(CLI::IsMember({"held", "beats", "bars", "strong"}))
        ->group(groupName);
    command
        .add_option("--lock-voice", options.lockVoices,
                    "Voices to keep from --lock-from, like soprano,bass (default: all)")
        ->delimiter(',')
        ->check(notEmpty())
        ->group(groupName);
    command
        .add_option("--lock-bars", options.lockBars,
                    "Bars to keep from --lock-from, like 1-2,5 (default: all)")
        ->check(notEmpty())
        ->group(groupName);
    command.add_option("--lock-from", options.lockFrom, "MIDI file whose music is kept")
        ->check(notEmpty())
        ->group(groupName);
    addMacroOption(command, options.macros)->group(groupName);
}

CLI::Option* addMacroOption(CLI::App& command, std::vector<std::string>& macros)
{
    return command.add_option("--macro", macros, "NAME=VALUE, -1 to 1; names: organum models")
        ->delimiter(',')
        ->check(notEmpty());
}

void fillMacros(const std::vector<std::string>& macros, const ModelDescription& model,
                organum_request& request)
{
    for (const auto& text : macros) {
        const auto equals = text.find('=');
        const auto name = text.substr(0, equals);
        const auto found =
            std::find_if(model.macros.begin(), model.macros.end(), [&](const std::string& macro) {
                return lowerCase(macro) == lowerCase(name);
            });
        if (found == model.macros.end()) {
            std::string known;
            for (const auto& macro : model.macros)
                known += (known.empty() ? "" : ", ") + macro;
            throw UsageError("--macro: '" + name + "' is no macro of this model; it has " +
                             (known.empty() ? "none" : known) + ".");
        }
        double value = 0.0;
        if (equals == std::string::npos ||
            !CLI::detail::lexical_cast(text.substr(equals + 1), value) ||
            !(value >= -1.0 && value <= 1.0))
            throw UsageError("--macro: '" + text +
                             "' has no value; write NAME=VALUE with a value "
                             "from -1 to 1.");
        request.macros[found - model.macros.begin()] = value;
    }
}

void checkModelHas(const CLI::App& command, const ModelDescription& model)
{
    static const std::map<std::string, std::string> others{
        {"--temperature", "pitch_temperature"},
        {"--pitch-temperature", "pitch_temperature"},
        {"--duration-temperature", "duration_temperature"},
        {"--top-p", "top_p"},
        {"--sampler", "sampler"},
        {"--primer", "primer"}};
    for (const auto* option : command.get_options()) {
        if (option->count() == 0)
            continue;
        const auto name = option->get_name();
        if (!model.hasVoices()) {
            if (option->get_group() == groupName)
                throw UsageError(name + ": this model writes one voice and has no such knob. "
                                        "Choose a model with voices; `organum models` tells which "
                                        "have them.");
            continue;
        }
        const auto field = others.find(name);
        if (field != others.end() && !model.heeds(field->second))
            throw UsageError(name + ": this model of several voices does not heed it. Leave it "
                                    "out, or choose another model.");
    }
}

void fillVoices(const VoiceOptions& options, const ModelDescription& model,
                const score::MetreChange& metre, organum_request& request, GivenMusic& given)
{
    if (!model.hasVoices())
        return;
    fillKnobs(options, request);
    fillMacros(options.macros, model, request);
    if (options.rules)
        request.rule_strength = *options.rules;
    request.decoder =
        options.decoder == "threshold" ? ORGANUM_DECODER_THRESHOLD : ORGANUM_DECODER_ARGMAX;
    request.joining = options.joining == "beats"  ? ORGANUM_JOIN_BEATS
                      : options.joining == "bars" ? ORGANUM_JOIN_BARS
                      : options.joining == "held" ? ORGANUM_JOIN_HELD
                                                  : ORGANUM_JOIN_STRONG;
    fillLocks(options, model, metre, request.bars, given);
}

} // namespace organum::commandline
