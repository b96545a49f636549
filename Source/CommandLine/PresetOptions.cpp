#include "CommandLine/PresetOptions.h"

#include "Bundle/Preset.h"
#include "CommandLine/Command.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>

namespace organum::commandline
{

namespace
{

/** The plugin's parameter ids, in the order of ORGANUM_LATENT_... */
constexpr const char* latentIds[ORGANUM_LATENTS] = {
    "chords",      "style",          "melody_soprano", "melody_alto",  "melody_tenor",
    "melody_bass", "groove_soprano", "groove_alto",    "groove_tenor", "groove_bass"};

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bundle::Preset presetNamed(const std::string& nameOrFile)
{
    try {
        std::error_code error;
        if (std::filesystem::is_regular_file(nameOrFile, error))
            return bundle::readPreset(nameOrFile);
        std::string known;
        for (const auto& found : bundle::findPresets(ORGANUM_SOURCE_PRESETS)) {
            if (lowerCase(found.preset.name) == lowerCase(nameOrFile)) {
                if (!found.problem.empty())
                    throw Failure(found.problem);
                return found.preset;
            }
            known += (known.empty() ? "" : ", ") + found.preset.name;
        }
        throw Failure("there is no preset '" + nameOrFile + "'. Known: " + known + ".");
    } catch (const bundle::PresetError& problem) {
        throw Failure(problem.what());
    }
}

/** A preset's number, if it has one and no option says otherwise. */
std::optional<double> given(const bundle::Preset& preset, const std::string& id, double low,
                            double high)
{
    const auto found = preset.values.find(id);
    if (found == preset.values.end())
        return {};
    if (found->second < low || found->second > high)
        throw Failure("the preset " + preset.name + " was not used: its " + id + " is " +
                      std::to_string(found->second) + ", out of range.");
    return found->second;
}

std::optional<std::uint64_t> seedIn(const bundle::Preset& preset, const std::string& id)
{
    const auto value = given(preset, id, 0.0, 1e9);
    if (!value)
        return {};
    return static_cast<std::uint64_t>(std::llround(*value));
}

void fillVoices(const bundle::Preset& preset, const CLI::App& command, VoiceOptions& voices)
{
    for (std::size_t i = 0; i < ORGANUM_LATENTS; ++i) {
        KnobOptions& knob = voices.knobs[i];
        if (knob.any())
            continue;
        const std::string id = latentIds[i];
        knob.seedA = seedIn(preset, id + "_seed_a");
        knob.morph = given(preset, id + "_morph", 0.0, 1.0);
        if (knob.morph)
            knob.seedB = seedIn(preset, id + "_seed_b");
        if (!knob.seedB)
            knob.morph.reset();
    }
    if (const auto rules = given(preset, "rule_strength", 0.0, 1.0); rules && !voices.rules)
        voices.rules = *rules;
    if (command.count("--macro") == 0)
        for (const auto& [name, value] : preset.macros)
            voices.macros.push_back(name + "=" + std::to_string(value));
}

} // namespace

GenerateOptions withPreset(const GenerateOptions& typed, const CLI::App& command)
{
    if (typed.preset.empty())
        return typed;
    GenerateOptions options = typed;
    const bundle::Preset preset = presetNamed(typed.preset);
    const auto isTyped = [&command](const char* option) { return command.count(option) > 0; };
    if (!isTyped("--model"))
        options.model = preset.model;
    if (const auto bars = given(preset, "bars", 1.0, 256.0); bars && !isTyped("--bars"))
        options.bars = static_cast<int>(std::lround(*bars));
    if (const auto seed = seedIn(preset, "seed"); seed && !isTyped("--seed"))
        options.seed = *seed;
    const bool common = isTyped("--temperature");
    if (const auto value = given(preset, "pitch_temperature", 0.05, 4.0);
        value && !common && !isTyped("--pitch-temperature"))
        options.pitchTemperature = *value;
    if (const auto value = given(preset, "duration_temperature", 0.05, 4.0);
        value && !common && !isTyped("--duration-temperature"))
        options.durationTemperature = *value;
    if (const auto value = given(preset, "top_p", 0.05, 1.0); value && !isTyped("--top-p"))
        options.topP = *value;
    // As in the window, either end of a preset's range may be the lower one.
    const auto one = given(preset, "lowest_pitch", 0.0, 127.0).value_or(0.0);
    const auto other = given(preset, "highest_pitch", 0.0, 127.0).value_or(127.0);
    if (!isTyped("--lowest") && !isTyped("--highest")) { // one typed end is a range of its own
        options.lowest = std::to_string(std::lround(std::min(one, other)));
        options.highest = std::to_string(std::lround(std::max(one, other)));
    }
    if (!preset.key.empty() && !isTyped("--key"))
        options.key = preset.key;
    if (!preset.scale.empty() && !isTyped("--scale"))
        options.scale = preset.scale;
    fillVoices(preset, command, options.voices);
    return options;
}

} // namespace organum::commandline
