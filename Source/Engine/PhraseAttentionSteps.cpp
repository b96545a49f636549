#include "Engine/PhraseAttentionSteps.h"

#include "Engine/Blas.h"
#include "Engine/ChordFeatures.h"
#include "Engine/PhraseAttentionStream.h"

#include <nlohmann/json.hpp>

namespace organum::engine
{

namespace
{

// The network's score tables and the matcher's classes are one layout.
static_assert(models::CandidateScoresImpl::lengths == PhraseMatcher::lengthClasses);
static_assert(models::CandidateScoresImpl::distances == PhraseMatcher::distanceClasses);
static_assert(models::CandidateScoresImpl::shares == PhraseMatcher::shareClasses);
static_assert(models::CandidateScoresImpl::rows == PhraseMatcher::scoreRows);
static_assert(models::PhraseAttentionLstmImpl::intervals == TonalContext::intervalClasses);
static_assert(models::PhraseAttentionLstmImpl::degreeCount == TonalContext::degreeCount);

PhraseAttentionOptions optionsOf(const bundle::Bundle& bundle)
{
    try {
        return PhraseAttentionOptions::fromJson(bundle.metadata.config);
    } catch (const std::invalid_argument& error) {
        throw bundle::BundleError(bundle::BundleError::Reason::damaged, error.what());
    }
}

[[noreturn]] void refuse(const std::string& problem)
{
    throw std::invalid_argument("Reading a phrase-attention LSTM's configuration: " + problem +
                                ". Train and save the model anew.");
}

} // namespace

std::string PhraseAttentionOptions::toJson() const
{
    return nlohmann::ordered_json{{"embedSize", embedSize}, {"units", units},
                                  {"memory", memory},       {"attention", attention},
                                  {"metre", metre},         {"transposed", transposed},
                                  {"relative", relative}}
        .dump();
}

PhraseAttentionOptions PhraseAttentionOptions::fromJson(const std::string& text)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        refuse("it is not a JSON object");
    PhraseAttentionOptions options;
    const auto number = [&json](const char* key, std::int64_t& value, std::int64_t largest) {
        if (!json.contains(key))
            return;
        const auto& entry = json[key];
        if (!entry.is_number_integer() || entry.get<double>() < 1.0 ||
            entry.get<double>() > static_cast<double>(largest))
            refuse(std::string("\"") + key + "\" must be a whole number from 1 to " +
                   std::to_string(largest));
        value = entry.get<std::int64_t>();
    };
    const auto flag = [&json](const char* key, bool& value) {
        if (!json.contains(key))
            return;
        if (!json[key].is_boolean())
            refuse(std::string("\"") + key + "\" must be true or false");
        value = json[key].get<bool>();
    };
    number("embedSize", options.embedSize, 4096);
    number("units", options.units, 4096);
    number("memory", options.memory, 1 << 20);
    flag("attention", options.attention);
    flag("metre", options.metre);
    flag("transposed", options.transposed);
    flag("relative", options.relative);
    return options;
}

models::PhraseAttentionLstmConfig
PhraseAttentionOptions::networkConfig(const Vocabulary& vocabulary) const
{
    models::PhraseAttentionLstmConfig config;
    config.pitches = vocabulary.pitchCount();
    config.durations = vocabulary.durationCount();
    config.chordFeatures = ChordFeatures::columns;
    config.embedSize = embedSize;
    config.units = units;
    config.attention = attention;
    config.metre = metre;
    config.transposed = transposed;
    config.relative = relative;
    return config;
}

models::PhraseAttentionLstm PhraseAttentionOptions::makeNetwork(const Vocabulary& vocabulary) const
{
    models::PhraseAttentionLstmImpl::Chords chords;
    chords.features = torch::tensor(ChordFeatures::of(vocabulary))
                          .reshape({vocabulary.pitchCount(), ChordFeatures::columns});
    std::vector<std::int64_t> lowest, highest;
    for (std::int64_t id = 0; id < vocabulary.pitchCount(); ++id) {
        const auto& chord = vocabulary.chord(id);
        lowest.push_back(chord.empty() ? -1 : chord.front());
        highest.push_back(chord.empty() ? -1 : chord.back());
    }
    chords.lowest = torch::tensor(lowest, torch::kInt64);
    chords.highest = torch::tensor(highest, torch::kInt64);
    return models::PhraseAttentionLstm(networkConfig(vocabulary), chords);
}

PhraseAttentionSteps::PhraseAttentionSteps(const bundle::Bundle& bundle, Vocabulary words)
    : StepModel(std::move(words))
    , options(optionsOf(bundle))
{
    const OneBlasThread repeatable;
    TensorReader reader(bundle.tensors);
    weights = std::make_unique<PhraseAttentionWeights>(options, vocabulary, reader);
    reader.expectNothingLeft();
    for (const auto& [name, tensor] : bundle.tensors)
        parameters +=
            static_cast<std::int64_t>(tensor.bytes.size() / bundle::bytesPerValue(tensor.type));
}

PhraseAttentionSteps::~PhraseAttentionSteps() = default;

std::unique_ptr<StepState> PhraseAttentionSteps::newState(Sampler) const
{
    return std::make_unique<PhraseAttentionStream>(*weights);
}

} // namespace organum::engine
