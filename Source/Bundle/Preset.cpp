#include "Bundle/Preset.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <tuple>

namespace organum::bundle
{

namespace fs = std::filesystem;

namespace
{

constexpr auto format = "organum-preset";
constexpr int newestVersion = 1;
constexpr std::size_t mostNumbers = 200;
constexpr std::size_t mostPresets = 2000; ///< of one folder

[[noreturn]] void refuse(const std::string& file, const std::string& reason)
{
    throw PresetError("The preset " + file + " was not used: " + reason +
                      ". Delete the file or save the preset again.");
}

std::string textOf(const nlohmann::json& json, const char* key, const std::string& file)
{
    const auto found = json.find(key);
    if (found == json.end())
        return {};
    if (!found->is_string() || found->get_ref<const std::string&>().size() > largestPresetText)
        refuse(file, "its \"" + std::string(key) + "\" is no text of at most " +
                         std::to_string(largestPresetText) + " bytes");
    return found->get<std::string>();
}

std::map<std::string, double> numbersOf(const nlohmann::json& json, const char* key,
                                        const std::string& file)
{
    std::map<std::string, double> numbers;
    const auto found = json.find(key);
    if (found == json.end())
        return numbers;
    if (!found->is_object() || found->size() > mostNumbers)
        refuse(file, "its \"" + std::string(key) + "\" is no list of numbers by name");
    for (const auto& [name, value] : found->items()) {
        if (!value.is_number() || !std::isfinite(value.get<double>()) ||
            name.size() > largestPresetText)
            refuse(file, "\"" + name.substr(0, 40) + "\" is no number");
        numbers[name] = value.get<double>();
    }
    return numbers;
}

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

void addFolder(const fs::path& folder, bool isOwn, std::set<std::string>& seen,
               std::vector<FoundPreset>& presets)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end;
         !error && entry != end && files.size() < mostPresets; entry.increment(error))
        if (entry->path().extension() == presetExtension)
            files.push_back(entry->path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
        if (!seen.insert(file.filename().string()).second)
            continue;
        FoundPreset found;
        found.file = file;
        found.isOwn = isOwn;
        try {
            found.preset = readPreset(file);
        } catch (const PresetError& problem) {
            found.preset.name = file.stem().string();
            found.problem = problem.what();
        }
        presets.push_back(std::move(found));
    }
}

} // namespace

bool Preset::operator==(const Preset& other) const
{
    return std::tie(name, model, about, key, scale, values, macros) ==
           std::tie(other.name, other.model, other.about, other.key, other.scale, other.values,
                    other.macros);
}

Preset parsePreset(const std::string& text, const std::string& file)
{
    if (text.size() > largestPresetBytes)
        refuse(file, "it is larger than " + std::to_string(largestPresetBytes / 1024) + " KB");
    // No preset is nested deeper; a parser's stack must not depend on what a stranger wrote.
    const auto shallow = [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
        if (depth > 4)
            throw std::invalid_argument("it is nested too deeply");
        return true;
    };
    nlohmann::json json;
    try {
        json = nlohmann::json::parse(text, shallow);
    } catch (const std::exception&) {
        refuse(file, "it is damaged, or no preset");
    }
    if (!json.is_object() || json.value("format", nlohmann::json()) != format)
        refuse(file, "it is no preset of Organum");
    const auto version = json.value("version", nlohmann::json());
    if (!version.is_number_integer() || version.get<std::int64_t>() < 1)
        refuse(file, "it does not say its version");
    if (version.get<std::int64_t>() > newestVersion)
        refuse(file, "it is of a newer release");
    Preset preset;
    preset.name = textOf(json, "name", file);
    preset.model = textOf(json, "model", file);
    preset.about = textOf(json, "about", file);
    preset.key = textOf(json, "key", file);
    preset.scale = textOf(json, "scale", file);
    preset.values = numbersOf(json, "values", file);
    preset.macros = numbersOf(json, "macros", file);
    if (preset.name.empty() || preset.model.empty())
        refuse(file, "it has no name or names no model");
    return preset;
}

Preset readPreset(const fs::path& file)
{
    std::error_code error;
    if (fs::is_fifo(file, error)) // opening it would wait for a writer
        refuse(file.string(), "it is a pipe");
    std::ifstream stream(file, std::ios::binary);
    std::string text(largestPresetBytes + 1, 0);
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!stream.eof() && stream.fail())
        refuse(file.string(), "it cannot be read");
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return parsePreset(text, file.string());
}

std::string presetText(const Preset& preset)
{
    nlohmann::ordered_json json{{"format", format},
                                {"version", newestVersion},
                                {"name", preset.name},
                                {"model", preset.model}};
    if (!preset.about.empty())
        json["about"] = preset.about;
    if (!preset.key.empty())
        json["key"] = preset.key;
    if (!preset.scale.empty())
        json["scale"] = preset.scale;
    if (!preset.values.empty())
        json["values"] = preset.values;
    if (!preset.macros.empty())
        json["macros"] = preset.macros;
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

fs::path ownPresetFolder()
{
    if (const auto data = variable("XDG_DATA_HOME"); !data.empty())
        return fs::path(data) / "organum/presets";
    if (const auto home = variable("HOME"); !home.empty())
        return fs::path(home) / ".local/share/organum/presets";
    return {};
}

std::vector<FoundPreset> findPresets(const fs::path& shipped)
{
    std::vector<FoundPreset> presets;
    std::set<std::string> seen;
    if (const fs::path own = ownPresetFolder(); !own.empty())
        addFolder(own, true, seen, presets);
    std::stringstream named(variable("ORGANUM_PRESETS"));
    for (std::string folder; std::getline(named, folder, ':');)
        if (!folder.empty())
            addFolder(folder, false, seen, presets);
    if (const fs::path own = ownPresetFolder(); !own.empty())
        addFolder(own.parent_path() / "factory-presets", false, seen, presets);
    addFolder("/usr/local/share/organum/factory-presets", false, seen, presets);
    addFolder(shipped, false, seen, presets);
    return presets;
}

} // namespace organum::bundle
