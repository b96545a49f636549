#include "Training/Music/RunRecord.h"

#include "Engine/ModelLoader.h"
#include "Engine/ModuleTensors.h"
#include "Training/Music/Samples.h"
#include "Training/Run/Provenance.h"
#include "Training/Run/RunFolder.h"

#include <cstdio>
#include <utility>

namespace organum::training
{

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
    std::vector<std::pair<std::string, std::string>> files;
    for (const auto& piece : data.pieces())
        files.emplace_back(piece.name, piece.sha256);
    auto provenance = provenanceOf(options, settings, files, data.split().toJson());
    provenance["metre"] = metreText(data.commonMetre());
    provenance["program"] = data.commonProgram();
    provenance["context"] = trainedOnWindows ? "window" : "stream";
    provenance["epoch"] = epoch;
    provenance["metrics"]["validation"] = validation;

    bundle::Bundle bundle;
    bundle.metadata.kind = kind;
    bundle.metadata.name = options.name;
    bundle.metadata.config = config;
    bundle.metadata.vocabulary = data.vocabulary().toJson();
    bundle.metadata.provenance = recordText(provenance);
    bundle.tensors = engine::tensorsOf(module);
    return bundle;
}

void BundleWriter::write(const torch::nn::Module& module, const std::string& kind,
                         const std::string& config, std::int64_t epoch,
                         const Metrics& validation) const
{
    bundle::writeBundle(bundleOf(options), make(module, kind, config, epoch, validation));
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

} // namespace organum::training
