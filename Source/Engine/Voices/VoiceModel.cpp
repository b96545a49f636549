#include "Engine/Voices/VoiceModel.h"

#include "Engine/Voices/VoiceComposition.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace organum::engine
{

namespace
{

bool isWhollyLocked(const Request& request, int voice)
{
    for (int bar = 0; bar < request.bars; ++bar)
        if (!request.voices.isLocked(bar, voice))
            return false;
    return true;
}

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

} // namespace

VoiceModel::VoiceModel(std::shared_ptr<const VoiceNetwork> networkIn)
    : network(std::move(networkIn))
{
}

void VoiceModel::check(const Request& request) const
{
    request.check();
    const auto bar = score::Quarters(network->stepsPerBar(), 4);
    if (request.metre.barLength() != bar)
        throw std::invalid_argument(
            "Checking the request: this model writes bars of " + bar.toString() +
            " quarter notes, and a bar of " + std::to_string(request.metre.numerator) + "/" +
            std::to_string(request.metre.denominator) + " lasts " +
            request.metre.barLength().toString() + ". Choose 4/4, or another model.");
    const AllowedPitches allowed(*network, request);
    const auto& voices = network->voices();
    for (std::size_t voice = 0; voice < voices.size(); ++voice)
        if (!allowed.any(voice) && !isWhollyLocked(request, static_cast<int>(voice)))
            throw std::invalid_argument("Checking the request: no note of the voice " +
                                        voices[voice].name +
                                        " lies in the scale and between the pitches asked for. "
                                        "Widen the range or the scale.");
    VoiceChords::check(*network, request, allowed);
}

std::unique_ptr<Composition> VoiceModel::begin(const Request& request) const
{
    check(request);
    return std::make_unique<VoiceComposition>(network, request);
}

std::string VoiceModel::description() const
{
    using Json = nlohmann::ordered_json;
    Json voices = Json::array();
    int lowest = 127;
    int highest = 0;
    for (const auto& voice : network->voices()) {
        voices.push_back(
            {{"name", voice.name}, {"lowest", voice.lowest}, {"highest", voice.highest}});
        lowest = std::min(lowest, voice.lowest);
        highest = std::max(highest, voice.highest);
    }
    Json latents{"chords", "style"};
    for (const char* group : {"melody-", "groove-"})
        for (const auto& voice : network->voices())
            latents.push_back(group + lowerCase(voice.name));
    Json macros = Json::array();
    for (const auto& macro : network->macros())
        macros.push_back(
            {{"name", macro.name}, {"meaning", macro.meaning}, {"means", macro.means}});
    Json uses{"locks", "rule_strength", "decoder", "joining"};
    if (network->hearsGivenCells())
        uses.push_back("primer");
    if (!macros.empty())
        uses.push_back("macros");
    const int beats = network->stepsPerBar() / 4;
    return Json{{"pitch_range", Json::array({lowest, highest})},
                {"voices", voices},
                {"latents", latents},
                {"macros", macros},
                {"metres", Json::array({std::to_string(beats) + "/4"})},
                {"uses", uses}}
        .dump();
}

} // namespace organum::engine
