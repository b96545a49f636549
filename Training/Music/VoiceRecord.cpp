#include "Training/Music/VoiceRecord.h"

#include "Engine/ModelLoader.h"
#include "Engine/ModuleTensors.h"
#include "Training/Music/Samples.h"
#include "Training/Run/Provenance.h"
#include "Training/Run/RunFolder.h"

#include <utility>

namespace organum::training
{

VoiceRecord::VoiceRecord(const TrainOptions& optionsIn,
                         std::map<std::string, std::string> settingsIn, VoiceData dataIn)
    : options(optionsIn)
    , settings(std::move(settingsIn))
    , data(std::move(dataIn))
{
}

bundle::Bundle VoiceRecord::make(const torch::nn::Module& module, const std::string& kind,
                                 const std::string& config, std::int64_t epoch) const
{
    auto provenance = provenanceOf(options, settings, {{data.file, data.sha256}}, data.splitJson);
    provenance["metre"] = "4/4";
    provenance["program"] = program;
    provenance["epoch"] = epoch;

    bundle::Bundle bundle;
    bundle.metadata.kind = kind;
    bundle.metadata.name = options.name;
    bundle.metadata.config = config;
    bundle.metadata.vocabulary = "{}";
    bundle.metadata.provenance = recordText(provenance);
    bundle.tensors = engine::tensorsOf(module);
    return bundle;
}

void VoiceRecord::keep(const torch::nn::Module& module, const std::string& kind,
                       const std::string& config, std::int64_t epoch) const
{
    const auto bundle = make(module, kind, config, epoch);
    bundle::writeBundle(bundleOf(options), bundle);

    if (isSampleEpoch(epoch))
        writeVoiceSample(options.run / "samples", *engine::makeModel(bundle).model, options.seed,
                         epoch, program);
}

} // namespace organum::training
