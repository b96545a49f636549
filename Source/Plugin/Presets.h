#pragma once

// Presets as knobs and back, and the files of the user's own ones.

#include "Bundle/Preset.h"
#include "Plugin/ModelList.h"
#include "Plugin/Settings.h"

#include <optional>
#include <string>
#include <vector>

namespace organum::plugin
{

/** The knobs of a preset; what it leaves out has its default. Names that this release does not know
    are left aside, numbers out of a knob's range are brought into it. Settings::model is not set.
    `model`: whose macros it names. Throws bundle::PresetError for an unknown key or scale. */
Settings settingsOf(const bundle::Preset& preset, const ModelEntry& model);

/** All knobs that such a model has, seeds included, as a preset of that name. */
bundle::Preset presetOf(const Settings& settings, const ModelEntry& model, const std::string& name);

/** The presets that can be chosen, the user's own first. Reads files: not for the audio thread. */
std::vector<bundle::FoundPreset> allPresets();

/** The user's own preset of that name; none: the name is free. Reads files, too. */
std::optional<bundle::FoundPreset> ownPresetNamed(const std::string& name);
/** `name`, or with " 2", " 3" ... behind it: no name of a user's own preset. */
std::string freePresetName(const std::string& name);

/** Writes a user's own preset, over one of the same name and never over one of another; gives the
    file. Each throws bundle::PresetError with one sentence for the user. */
std::filesystem::path savePreset(const bundle::Preset& preset);
void renamePreset(const bundle::FoundPreset& preset, const std::string& name);
void deletePreset(const bundle::FoundPreset& preset);

} // namespace organum::plugin
