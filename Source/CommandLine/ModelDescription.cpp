#include "CommandLine/ModelDescription.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace organum::commandline
{
namespace
{

using Json = nlohmann::json;

std::vector<std::string> strings(const Json& json, const char* key, const char* field = nullptr)
{
    std::vector<std::string> found;
    for (const auto& entry : json.value(key, Json::array()))
        found.push_back(field != nullptr ? entry.value(field, "") : entry.get<std::string>());
    return found;
}

} // namespace

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

ModelDescription ModelDescription::fromJson(const std::string& text)
{
    const auto json = Json::parse(text, nullptr, false);
    ModelDescription description;
    if (!json.is_object())
        return description;
    description.title = json.value("name", "");
    if (json.contains("pitch_range")) {
        description.lowest = json["pitch_range"].at(0);
        description.highest = json["pitch_range"].at(1);
    }
    const auto provenance = json.value("provenance", Json());
    if (provenance.is_object() && provenance.contains("program") &&
        provenance["program"].is_number_integer())
        description.program = std::clamp(provenance["program"].get<int>(), 0, 127);
    for (const auto& voice : json.value("voices", Json::array()))
        description.voices.push_back(
            {voice.value("name", ""), voice.value("lowest", 0), voice.value("highest", 127)});
    description.macros = strings(json, "macros", "name");
    description.uses = strings(json, "uses");
    return description;
}

bool ModelDescription::heeds(const std::string& field) const
{
    return std::find(uses.begin(), uses.end(), field) != uses.end();
}

int ModelDescription::voiceNamed(const std::string& name) const
{
    const auto wanted = lowerCase(name);
    const auto found = std::find_if(voices.begin(), voices.end(), [&](const ModelVoice& voice) {
        return lowerCase(voice.name) == wanted;
    });
    return found == voices.end() ? -1 : static_cast<int>(found - voices.begin());
}

std::string ModelDescription::voiceNames() const
{
    std::string names;
    for (const auto& voice : voices)
        names += (names.empty() ? "" : ", ") + lowerCase(voice.name);
    return names;
}

} // namespace organum::commandline
