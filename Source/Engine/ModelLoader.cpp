#include "Engine/ModelLoader.h"

#include "Engine/AttentionLstmSteps.h"
#include "Engine/PhraseAttentionSteps.h"

#include <nlohmann/json.hpp>

#include <algorithm>

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
    LoadedModel model{bundle.metadata, nullptr};
    if (kind == AttentionLstmSteps::kind)
        model.steps = std::make_shared<AttentionLstmSteps>(bundle, vocabularyOf(bundle));
    else if (kind == PhraseAttentionSteps::kind)
        model.steps = std::make_shared<PhraseAttentionSteps>(bundle, vocabularyOf(bundle));
    else
        throw bundle::BundleError(Reason::newerVersion,
                                  "Loading a model: its kind of network, \"" + kind.substr(0, 40) +
                                      "\", is not known to this Organum. Update Organum to use "
                                      "it.");
    return model;
}

LoadedModel loadModel(const std::filesystem::path& file)
{
    const auto bundle = bundle::readBundle(file);
    try {
        return makeModel(bundle);
    } catch (const bundle::BundleError& error) {
        throw bundle::BundleError(error.reason, "Reading the model bundle \"" + file.u8string() +
                                                    "\": " + error.what());
    }
}

std::string describeModel(const LoadedModel& model)
{
    const auto& vocabulary = model.steps->vocabulary;
    int lowest = 127;
    int highest = 0;
    for (std::int64_t id = 0; id < vocabulary.pitchCount(); ++id) {
        for (const int pitch : vocabulary.chord(id)) {
            lowest = std::min(lowest, pitch);
            highest = std::max(highest, pitch);
        }
    }
    auto provenance = nlohmann::ordered_json::parse(model.metadata.provenance, nullptr, false);
    nlohmann::ordered_json json{
        {"name", model.metadata.name},
        {"kind", model.metadata.kind},
        {"format_version", model.metadata.formatVersion},
        {"parameters", model.steps->parameterCount()},
        {"vocabulary",
         {{"pitches", vocabulary.pitchCount()}, {"durations", vocabulary.durationCount()}}},
        {"pitch_range", {lowest, highest}},
        {"provenance", std::move(provenance)}};
    return json.dump();
}

} // namespace organum::engine
