#include "Training/Music/PhraseRecipe.h"

#include "Training/Music/PhraseAttentionNetwork.h"

namespace organum::training
{
namespace
{

std::unique_ptr<Objective> makePhrase(const MusicData& data, const Settings& settings,
                                      std::uint64_t seed, torch::Device device,
                                      const BundleWriter& writer)
{
    engine::PhraseAttentionOptions options;
    options.embedSize = settings.integer("embed_size", 1, 4096);
    options.units = settings.integer("units", 1, 4096);
    options.memory = settings.integer("memory", 1, 65536);
    options.attention = settings.on("attention");
    options.metre = settings.on("metre");
    options.transposed = settings.on("transposed_phrases");
    options.relative = settings.on("relative");
    auto network = std::make_unique<PhraseAttentionNetwork>(data, options);
    network->module().to(device);
    return std::make_unique<LaneObjective>(std::move(network), data, laneRecipe(settings), seed,
                                           device, writer);
}

} // namespace

MusicRecipe phraseRecipe()
{
    std::vector<Setting> settings{
        {"attention", "on", "off: nothing is said again; the LSTM with metre alone"},
        {"metre", "on", "off: the place in the bar is not looked at"},
        {"transposed_phrases", "on", "off: phrases are said again in their own key only"},
        {"relative", "on", "off: steps and degrees, alike in all keys, are not looked at"},
        {"memory", "2048", "how many of the latest elements can be said again"},
        {"embed_size", "128", "dimensions of a chord's vector"},
        {"units", "256", "units of each LSTM"}};
    // Many small steps at a high rate: the candidates' scores are soon right, and what is left is
    // the slow part, the LSTM's own answers.
    const std::map<std::string, std::string> own{
        {"epochs", "75"},   {"patience", "10"}, {"lanes", "8"},         {"chunk", "64"},
        {"own_key", "0.3"}, {"rate", "0.008"},  {"weight_decay", "0.1"}};
    for (auto setting : laneSettings()) {
        if (const auto found = own.find(setting.name); found != own.end())
            setting.value = found->second;
        settings.push_back(setting);
    }
    return {{"phrase",
             "LSTM that knows the metre and attends to where its last phrase was heard before; "
             "whole pieces in all keys",
             settings},
            false,
            makePhrase};
}

} // namespace organum::training
