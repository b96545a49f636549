#include "Engine/ModelLoader.h"

#include "Engine/AttentionLstmSteps.h"
#include "Engine/PhraseAttentionSteps.h"
#include "Engine/SequenceModel.h"
#include "Engine/Voices/ConditionalMuseGanNetwork.h"
#include "Engine/Voices/MuseGanNetwork.h"
#include "Engine/Voices/VoiceModel.h"

#include <nlohmann/json.hpp>

namespace organum::engine
{

namespace
{

using Reason = bundle::BundleError::Reason;

Vocabulary vocabularyOf(const bundle::Bundle& bundle)
{
    try {
        return Vocabulary::fromJson(bundle.metadata.vocabulary);
    } catch (const std::invalid_argument& error) {
        throw bundle::BundleError(Reason::damaged, error.what());
    }
}

} // namespace

LoadedModel makeModel(const bundle::Bundle& bundle)
{
    const auto& kind = bundle.metadata.kind;
    LoadedModel model{bundle.metadata, nullptr, nullptr};
    if (kind == AttentionLstmSteps::kind)
        model.steps = std::make_shared<AttentionLstmSteps>(bundle, vocabularyOf(bundle));
    else if (kind == PhraseAttentionSteps::kind)
        model.steps = std::make_shared<PhraseAttentionSteps>(bundle, vocabularyOf(bundle));
    else if (kind == MuseGanNetwork::kind)
        model.model = std::make_shared<VoiceModel>(std::make_shared<MuseGanNetwork>(bundle));
    else if (kind == ConditionalMuseGanNetwork::kind)
        model.model =
            std::make_shared<VoiceModel>(std::make_shared<ConditionalMuseGanNetwork>(bundle));
    else
        throw bundle::BundleError(Reason::newerVersion,
                                  "Loading a model: its kind of network, \"" + kind.substr(0, 40) +
                                      "\", is not known to this Organum. Update Organum to use "
                                      "it.");
    if (model.steps)
        model.model = std::make_shared<SequenceModel>(model.steps);
    return model;
}

LoadedModel loadModel(const std::filesystem::path& file)
{
    const auto bundle = bundle::readBundle(file);
    try {
        return makeModel(bundle);
    } catch (const bundle::BundleError& error) {
        throw bundle::BundleError(error.reason, "Reading the model bundle \"" + file.string() +
                                                    "\": " + error.what());
    }
}

std::string describeModel(const LoadedModel& loaded)
{
    const auto& metadata = loaded.metadata;
    nlohmann::ordered_json json{{"name", metadata.name},
                                {"kind", metadata.kind},
                                {"format_version", metadata.formatVersion},
                                {"parameters", loaded.model->parameterCount()}};
    json.update(nlohmann::ordered_json::parse(loaded.model->description()));
    json["provenance"] = nlohmann::ordered_json::parse(metadata.provenance, nullptr, false);
    return json.dump();
}

} // namespace organum::engine
