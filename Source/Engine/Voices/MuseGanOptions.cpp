#include "Engine/Voices/MuseGanOptions.h"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace organum::engine
{

namespace
{

[[noreturn]] void refuse(const std::string& problem)
{
    throw std::invalid_argument("Reading a MuseGAN's configuration: " + problem +
                                ". Train and save the model anew.");
}

/** A whole number from lowest to highest, else refuses. */
std::int64_t wholeNumber(const nlohmann::json& json, const char* key, std::int64_t lowest,
                         std::int64_t highest)
{
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number_integer() ||
        found->get<double>() < static_cast<double>(lowest) ||
        found->get<double>() > static_cast<double>(highest))
        refuse(std::string("\"") + key + "\" must be a whole number from " +
               std::to_string(lowest) + " to " + std::to_string(highest));
    return found->get<std::int64_t>();
}

} // namespace

std::vector<VoiceInfo> choirVoices()
{
    return {{"Soprano", 60, 81}, {"Alto", 52, 74}, {"Tenor", 46, 69}, {"Bass", 36, 66}};
}

std::string voicesToJson(const std::vector<VoiceInfo>& voices)
{
    auto json = nlohmann::ordered_json::array();
    for (const auto& voice : voices)
        json.push_back(
            {{"name", voice.name}, {"lowest", voice.lowest}, {"highest", voice.highest}});
    return json.dump();
}

std::vector<VoiceInfo> voicesFromJson(const std::string& text)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_array() || json.empty() ||
        json.size() > static_cast<std::size_t>(VoiceWishes::mostVoices))
        refuse("\"voices\" must be a list of 1 to 4 voices");
    std::vector<VoiceInfo> voices;
    for (const auto& entry : json) {
        if (!entry.is_object() || !entry.contains("name") || !entry["name"].is_string())
            refuse("a voice has no name");
        VoiceInfo voice;
        voice.name = entry["name"].get<std::string>().substr(0, 40);
        voice.lowest = static_cast<int>(wholeNumber(entry, "lowest", 0, 127));
        voice.highest = static_cast<int>(wholeNumber(entry, "highest", voice.lowest, 127));
        if (voice.name.empty())
            refuse("a voice has no name");
        voices.push_back(std::move(voice));
    }
    return voices;
}

std::string MuseGanOptions::toJson() const
{
    return nlohmann::ordered_json{{"bars", bars},
                                  {"noise", noise},
                                  {"generatorWidth", generatorWidth},
                                  {"voices", nlohmann::ordered_json::parse(voicesToJson(voices))}}
        .dump();
}

MuseGanOptions MuseGanOptions::fromJson(const std::string& text)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        refuse("it is not a JSON object");
    MuseGanOptions options;
    if (json.contains("bars"))
        options.bars = wholeNumber(json, "bars", 2, 64);
    if (json.contains("noise"))
        options.noise = wholeNumber(json, "noise", 1, 4096);
    if (json.contains("generatorWidth"))
        options.generatorWidth = wholeNumber(json, "generatorWidth", 4, 16384);
    if (options.generatorWidth % 4 != 0)
        refuse("\"generatorWidth\" must be a multiple of 4");
    if (json.contains("voices"))
        options.voices = voicesFromJson(json["voices"].dump());
    return options;
}

} // namespace organum::engine
