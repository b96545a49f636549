#include "Plugin/Presets.h"

#include "Plugin/Identity.h"
#include "Score/AtomicFile.h"
#include "Score/Scale.h"

#include <juce_core/juce_core.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace organum::plugin
{

namespace fs = std::filesystem;

namespace
{

/** Hands every knob that such a model has to one of the two, by its parameter's id. */
void visitKnobs(Settings& settings, bool hasVoices,
                const std::function<void(const std::string&, int&, int, int)>& integer,
                const std::function<void(const std::string&, float&, float, float)>& real)
{
    integer(parameter_id::bars, settings.bars, 1, Settings::largestBars);
    if (!hasVoices) {
        integer(parameter_id::seed, settings.seed, 0, Settings::largestSeed);
        real(parameter_id::pitchTemperature, settings.pitchTemperature, 0.05f, 4.0f);
        real(parameter_id::durationTemperature, settings.durationTemperature, 0.05f, 4.0f);
        real(parameter_id::topP, settings.topP, 0.05f, 1.0f);
        integer(parameter_id::lowest, settings.lowest, 0, Settings::largestPitch);
        integer(parameter_id::highest, settings.highest, 0, Settings::largestPitch);
        return;
    }
    real(parameter_id::rules, settings.rules, 0.0f, 1.0f);
    for (std::size_t i = 0; i < settings.latents.size(); ++i) {
        const std::string id = parameter_id::latents[i];
        integer(id + "_seed_a", settings.latents[i].seedA, 0, Settings::largestSeed);
        integer(id + "_seed_b", settings.latents[i].seedB, 0, Settings::largestSeed);
        real(id + "_morph", settings.latents[i].morph, 0.0f, 1.0f);
    }
}

int scaleNamed(const std::string& name)
{
    const auto& all = score::scales();
    if (const auto scale = score::findScale(name))
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].name == scale->name)
                return static_cast<int>(i);
    throw bundle::PresetError("The preset was not used: it names the scale \"" + name +
                              "\", which this Organum does not know.");
}

int keyNamed(const std::string& name)
{
    if (const auto tonic = score::tonicFromName(name))
        return *tonic;
    throw bundle::PresetError("The preset was not used: it names the key \"" + name +
                              "\", which this Organum does not know.");
}

/** Two decimals, as a knob has: 0.9, not 0.8999999762. */
double roundedToKnob(float value)
{
    return std::round(static_cast<double>(value) * 100.0) / 100.0;
}

fs::path fileFor(const std::string& name)
{
    const fs::path folder = bundle::ownPresetFolder();
    if (folder.empty())
        throw bundle::PresetError("The preset was not saved: there is no home folder.");
    const auto legal = juce::File::createLegalFileName(juce::String::fromUTF8(name.c_str())).trim();
    if (legal.isEmpty() || legal.startsWithChar('.'))
        throw bundle::PresetError("The preset was not saved: \"" + name +
                                  "\" cannot be a file's name. Choose another name.");
    if (const auto same = ownPresetNamed(name))
        return same->file;
    // Two names may differ only in what no file's name can hold.
    const std::string stem = legal.toStdString();
    std::error_code error;
    fs::path file = folder / (stem + bundle::presetExtension);
    for (int number = 2; fs::exists(file, error); ++number)
        file = folder / (stem + '-' + std::to_string(number) + bundle::presetExtension);
    return file;
}

void requireOwn(const bundle::FoundPreset& preset)
{
    if (!preset.isOwn)
        throw bundle::PresetError("\"" + preset.preset.name +
                                  "\" came with Organum and stays as it is. Save it under another "
                                  "name to change it.");
}

} // namespace

Settings settingsOf(const bundle::Preset& preset, const ModelEntry& model)
{
    Settings settings;
    const auto given = [&preset](const std::string& id, double& value) {
        const auto found = preset.values.find(id);
        if (found != preset.values.end())
            value = found->second;
        return found != preset.values.end();
    };
    double value = 0.0;
    visitKnobs(
        settings, model.hasVoices(),
        [&](const std::string& id, int& knob, int low, int high) {
            if (given(id, value))
                knob = static_cast<int>(std::lround(
                    std::clamp(value, static_cast<double>(low), static_cast<double>(high))));
        },
        [&](const std::string& id, float& knob, float low, float high) {
            if (given(id, value))
                knob = std::clamp(static_cast<float>(value), low, high);
        });
    for (std::size_t i = 0; i < model.macros.size() && i < settings.macros.size(); ++i)
        if (const auto found = preset.macros.find(model.macros[i].name);
            found != preset.macros.end())
            settings.macros[i] = std::clamp(static_cast<float>(found->second), -1.0f, 1.0f);
    if (!preset.key.empty())
        settings.key = keyNamed(preset.key);
    if (!preset.scale.empty())
        settings.scale = scaleNamed(preset.scale);
    return settings;
}

bundle::Preset presetOf(const Settings& settings, const ModelEntry& model, const std::string& name)
{
    bundle::Preset preset;
    preset.name = name;
    preset.model = model.id;
    preset.key = score::tonicName(settings.key);
    preset.scale = score::scales()[static_cast<std::size_t>(settings.scale)].name;
    Settings copy = settings;
    visitKnobs(
        copy, model.hasVoices(),
        [&](const std::string& id, int& knob, int, int) { preset.values[id] = knob; },
        [&](const std::string& id, float& knob, float, float) {
            preset.values[id] = roundedToKnob(knob);
        });
    for (std::size_t i = 0; i < model.macros.size() && i < settings.macros.size(); ++i)
        preset.macros[model.macros[i].name] = roundedToKnob(settings.macros[i]);
    return preset;
}

std::vector<bundle::FoundPreset> allPresets()
{
    return bundle::findPresets(ORGANUM_SOURCE_PRESETS);
}

std::optional<bundle::FoundPreset> ownPresetNamed(const std::string& name)
{
    for (auto& each : allPresets())
        if (each.isOwn && each.preset.name == name)
            return std::move(each);
    return {};
}

std::string freePresetName(const std::string& name)
{
    std::string free = name;
    for (int number = 2; ownPresetNamed(free); ++number)
        free = name + ' ' + std::to_string(number);
    return free;
}

fs::path savePreset(const bundle::Preset& preset)
{
    if (preset.name.size() > bundle::largestPresetText)
        throw bundle::PresetError("The preset was not saved: its name is too long.");
    const fs::path file = fileFor(preset.name);
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    const std::string text = bundle::presetText(preset);
    try {
        score::writeFileAtomically(file, text.data(), text.size(), "the preset");
    } catch (const score::FileWriteError& problem) {
        throw bundle::PresetError(problem.what());
    }
    return file;
}

void renamePreset(const bundle::FoundPreset& preset, const std::string& name)
{
    requireOwn(preset);
    bundle::Preset renamed = preset.preset;
    renamed.name = name;
    if (const auto same = ownPresetNamed(name); same && same->file != preset.file)
        throw bundle::PresetError("There is a preset \"" + name +
                                  "\" already. Choose another name.");
    const fs::path target = savePreset(renamed);
    std::error_code error;
    if (target != preset.file)
        fs::remove(preset.file, error);
}

void deletePreset(const bundle::FoundPreset& preset)
{
    requireOwn(preset);
    std::error_code error;
    if (!fs::remove(preset.file, error) || error)
        throw bundle::PresetError("The preset " + preset.file.string() + " was not deleted: " +
                                  (error ? error.message() : "it is not there any more") + ".");
}

} // namespace organum::plugin
