#pragma once

// A preset: the settings of one model under a name, as a small JSON file (*.organum-preset) that
// people may write by hand. It knows neither plugin nor engine: both read it.
//
//   {"format": "organum-preset", "version": 1, "name": "Slow walk", "model": "bach-cello",
//    "about": "one sentence", "key": "D", "scale": "minor",
//    "values": {"pitch_temperature": 0.8, "bars": 16}, "macros": {"density": 0.5}}
//
// `values` are named by the plugin's parameter ids, in the units that a user reads, and macros as
// the model names them. What is left out has its default. Seeds may be left out, too: then a preset
// is a manner of composing and not one piece.

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace organum::bundle
{

struct Preset
{
    std::string name;
    std::string model; ///< a bundle's file name without ".organum"
    std::string about; ///< for the user; may be empty
    std::string key;   ///< like "F#"; empty: C
    std::string scale; ///< like "minor"; empty: chromatic
    std::map<std::string, double> values;
    std::map<std::string, double> macros;

    bool operator==(const Preset& other) const;
};

/** Why a preset was refused; what() names the file, what is wrong and what to do. */
class PresetError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

constexpr auto presetExtension = ".organum-preset";
constexpr std::size_t largestPresetBytes = 64 * 1024;
constexpr std::size_t largestPresetText = 200; ///< bytes of name, model, about

/** Reads and checks a file: form, sizes, that numbers are finite. Throws PresetError. */
Preset readPreset(const std::filesystem::path& file);
/** The same from a text; `file` is named in errors only. */
Preset parsePreset(const std::string& text, const std::string& file);
/** parsePreset() of it gives the same preset. */
std::string presetText(const Preset& preset);

struct FoundPreset
{
    Preset preset; ///< of a bad file: its name alone
    std::filesystem::path file;
    std::string problem; ///< why it cannot be used; empty when it can
    bool isOwn = false;  ///< in the user's own folder: may be renamed and deleted
};

/** Where a user's own presets are kept: $XDG_DATA_HOME/organum/presets or
    ~/.local/share/organum/presets; empty when neither is known. */
std::filesystem::path ownPresetFolder();

/** All presets in ownPresetFolder(), the folders in $ORGANUM_PRESETS (separated by ':'), those that
    were installed (factory-presets beside the own folder and in /usr/local/share/organum) and
    `shipped`, each by file name; one hidden by an earlier
    folder's file of the same name is left out. */
std::vector<FoundPreset> findPresets(const std::filesystem::path& shipped);

} // namespace organum::bundle
