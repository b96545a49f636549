#include "Training/Music/RunRecord.h"

#include "Engine/ModelLoader.h"
#include "Engine/ModuleTensors.h"
#include "Score/AtomicFile.h"
#include "Training/Music/Samples.h"

#include <nlohmann/json.hpp>
#include <torch/version.h>

#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace organum::training
{

using Json = nlohmann::ordered_json;

BundleWriter::BundleWriter(const TrainOptions& optionsIn, const MusicData& dataIn,
                           std::map<std::string, std::string> settingsIn, bool trainedOnWindowsIn)
    : options(optionsIn)
    , data(dataIn)
    , settings(std::move(settingsIn))
    , trainedOnWindows(trainedOnWindowsIn)
{
}

bundle::Bundle BundleWriter::make(const torch::nn::Module& module, const std::string& kind,
                                  const std::string& config, std::int64_t epoch,
                                  const Metrics& validation) const
{
    Json files = Json::array();
    for (const auto& piece : data.pieces())
        files.push_back({{"name", piece.name}, {"sha256", piece.sha256}});
    const Json provenance = {
        {"data",
         {{"name", options.dataName}, {"licence", options.licence}, {"files", std::move(files)}}},
        {"split", Json::parse(data.split().toJson())},
        {"parts", options.parts},
        {"command", options.commandLine},
        {"model", options.what},
        {"recipe", options.recipe},
        {"settings", settings},
        {"metre", metreText(data.commonMetre())},
        {"program", data.commonProgram()},
        {"context", trainedOnWindows ? "window" : "stream"},
        {"seed", options.seed},
        {"epoch", epoch},
        {"metrics", {{"validation", validation}}},
        {"library", "LibTorch " TORCH_VERSION}};

    bundle::Bundle bundle;
    bundle.metadata.kind = kind;
    bundle.metadata.name = options.name;
    bundle.metadata.config = config;
    bundle.metadata.vocabulary = data.vocabulary().toJson();
    bundle.metadata.provenance = provenance.dump();
    bundle.tensors = engine::tensorsOf(module);
    return bundle;
}

void BundleWriter::write(const torch::nn::Module& module, const std::string& kind,
                         const std::string& config, std::int64_t epoch,
                         const Metrics& validation) const
{
    bundle::writeBundle(file(), make(module, kind, config, epoch, validation));
}

void BundleWriter::sample(const torch::nn::Module& module, const std::string& kind,
                          const std::string& config, std::int64_t epoch) const
{
    if (!isSampleEpoch(epoch))
        return;
    const auto model = engine::makeModel(make(module, kind, config, epoch, {}));
    char name[64];
    std::snprintf(name, sizeof name, "epoch-%04lld", static_cast<long long>(epoch));
    writeSample(options.run / "samples" / (std::string(name) + ".mid"), model.steps,
                trainedOnWindows ? engine::Sampler::window : engine::Sampler::stream,
                data.commonMetre(), options.seed, name);
}

void BundleWriter::addEnding(std::int64_t epochs, double seconds) const
{
    if (!std::filesystem::exists(file()))
        return;
    auto bundle = bundle::readBundle(file());
    auto provenance = Json::parse(bundle.metadata.provenance);
    provenance["epochs"] = epochs;
    provenance["wall_seconds"] = static_cast<std::int64_t>(seconds);
    bundle.metadata.provenance = provenance.dump();
    bundle::writeBundle(file(), bundle);
}

void writeRunConfig(const TrainOptions& options, const std::map<std::string, std::string>& settings)
{
    const Json json = {{"model", options.what},         {"recipe", options.recipe},
                       {"settings", settings},          {"data", options.data.string()},
                       {"parts", options.parts},        {"seed", options.seed},
                       {"epochs", options.epochs},      {"name", options.name},
                       {"data_name", options.dataName}, {"licence", options.licence},
                       {"command", options.commandLine}};
    const auto text = json.dump(1) + "\n";
    score::writeFileAtomically(options.run / "config.json", text.data(), text.size(),
                               "the run's configuration");
}

TrainOptions readRunConfig(const TrainOptions& given)
{
    const auto file = given.run / "config.json";
    std::ifstream in(file);
    if (!in)
        throw std::runtime_error("There is no run to resume in " + given.run.string() +
                                 " (no config.json). Leave --resume out to start one.");
    try {
        const auto json = nlohmann::json::parse(in);
        auto options = given;
        json.at("model").get_to(options.what);
        json.at("recipe").get_to(options.recipe);
        json.at("settings").get_to(options.settings);
        options.data = json.at("data").get<std::string>();
        json.at("parts").get_to(options.parts);
        json.at("seed").get_to(options.seed);
        if (options.epochs == 0)
            json.at("epochs").get_to(options.epochs);
        json.at("name").get_to(options.name);
        json.at("data_name").get_to(options.dataName);
        json.at("licence").get_to(options.licence);
        json.at("command").get_to(options.commandLine);
        options.split = given.run / "split.json";
        return options;
    } catch (const nlohmann::json::exception& error) {
        throw std::runtime_error("Could not read " + file.string() + ": " + error.what() +
                                 ". Train anew into another run folder.");
    }
}

} // namespace organum::training
