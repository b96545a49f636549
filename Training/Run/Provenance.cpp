#include "Training/Run/Provenance.h"

#include "Bundle/Bundle.h"

#include <torch/version.h>

namespace organum::training
{

using Json = nlohmann::ordered_json;

std::string recordText(const Json& json, int indent)
{
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

Json provenanceOf(const TrainOptions& options, const std::map<std::string, std::string>& settings,
                  const std::vector<std::pair<std::string, std::string>>& files,
                  const std::string& splitJson)
{
    auto list = Json::array();
    for (const auto& [name, sha256] : files)
        list.push_back({{"name", name}, {"sha256", sha256}});
    return {
        {"data",
         {{"name", options.dataName}, {"licence", options.licence}, {"files", std::move(list)}}},
        {"split", Json::parse(splitJson)},
        {"parts", options.parts},
        {"command", options.commandLine},
        {"model", options.what},
        {"recipe", options.recipe},
        {"settings", settings},
        {"seed", options.seed},
        {"library", "LibTorch " TORCH_VERSION}};
}

void addEnding(const std::filesystem::path& file, std::int64_t epochs, double seconds)
{
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return;
    auto bundle = bundle::readBundle(file);
    auto provenance = Json::parse(bundle.metadata.provenance);
    provenance["epochs"] = epochs;
    provenance["wall_seconds"] = static_cast<std::int64_t>(seconds);
    bundle.metadata.provenance = recordText(provenance);
    bundle::writeBundle(file, bundle);
}

} // namespace organum::training
