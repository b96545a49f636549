#include "Engine/Voices/MuseGanOptions.h"

#include "Engine/Voices/ConfigReader.h"

namespace organum::engine
{

std::vector<VoiceInfo> choirVoices()
{
    return {{"Soprano", 60, 81}, {"Alto", 52, 74}, {"Tenor", 46, 69}, {"Bass", 36, 66}};
}

nlohmann::ordered_json voicesToJson(const std::vector<VoiceInfo>& voices)
{
    auto json = nlohmann::ordered_json::array();
    for (const auto& voice : voices)
        json.push_back(
            {{"name", voice.name}, {"lowest", voice.lowest}, {"highest", voice.highest}});
    return json;
}

void readVoices(const ConfigReader& reader, std::vector<VoiceInfo>& voices)
{
    const auto found = reader.json().find("voices");
    if (found == reader.json().end())
        return;
    if (!found->is_array() || found->empty() ||
        found->size() > static_cast<std::size_t>(VoiceWishes::mostVoices))
        reader.refuse("\"voices\" must be a list of 1 to 4 voices");
    voices.clear();
    for (const auto& entry : *found) {
        const bool named = entry.is_object() && entry.contains("name") &&
                           entry["name"].is_string() &&
                           !entry["name"].get_ref<const std::string&>().empty();
        if (!named)
            reader.refuse("a voice has no name");
        const ConfigReader voice("a voice", entry.dump());
        std::int64_t lowest = -1;
        std::int64_t highest = -1;
        voice.read("lowest", lowest, 0, 127);
        voice.read("highest", highest, 0, 127);
        if (lowest < 0 || highest < lowest)
            reader.refuse("a voice has no range from \"lowest\" to \"highest\"");
        voices.push_back({entry["name"].get<std::string>().substr(0, 40), static_cast<int>(lowest),
                          static_cast<int>(highest)});
    }
}

std::string MuseGanOptions::toJson() const
{
    return nlohmann::ordered_json{{"bars", bars},
                                  {"noise", noise},
                                  {"generatorWidth", generatorWidth},
                                  {"voices", voicesToJson(voices)}}
        .dump();
}

MuseGanOptions MuseGanOptions::fromJson(const std::string& text)
{
    const ConfigReader reader("a MuseGAN", text);
    MuseGanOptions options;
    reader.read("bars", options.bars, 2, 64);
    reader.read("noise", options.noise, 1, 4096);
    reader.read("generatorWidth", options.generatorWidth, 4, 16384);
    if (options.generatorWidth % 4 != 0)
        reader.refuse("\"generatorWidth\" must be a multiple of 4");
    readVoices(reader, options.voices);
    return options;
}

} // namespace organum::engine
