#include "Engine/Voices/ConditionalMuseGanOptions.h"

#include "Engine/Voices/ConfigReader.h"
#include "Engine/Voices/VoiceMacros.h"

namespace organum::engine
{

std::string ConditionalMuseGanOptions::toJson() const
{
    nlohmann::ordered_json json{{"noise", noise},     {"embed", embed},
                                {"context", context}, {"plan", plan},
                                {"units", units},     {"voices", voicesToJson(voices)}};
    if (!macros.empty())
        json["macros"] = macrosToJson(macros);
    return json.dump();
}

ConditionalMuseGanOptions ConditionalMuseGanOptions::fromJson(const std::string& text)
{
    const ConfigReader reader("a conditional MuseGAN", text);
    ConditionalMuseGanOptions options;
    reader.read("noise", options.noise, 1, 1024);
    reader.read("embed", options.embed, 1, 1024);
    reader.read("context", options.context, 1, 8192);
    reader.read("plan", options.plan, 1, 4096);
    reader.read("units", options.units, 1, 4096);
    readVoices(reader, options.voices);
    if (options.voices.size() != 4)
        reader.refuse("\"voices\" must be four voices");
    options.macros = readMacros(reader);
    return options;
}

} // namespace organum::engine
