#pragma once

// The phrase-attention LSTM as the engine plays it: our own step over BLAS, three matrix-vector
// products and one pass over the earlier elements a note. Duration first, then the chord given it.

#include "Bundle/Bundle.h"
#include "Engine/StepModel.h"
#include "Models/Music/PhraseAttentionLstm.h"

#include <memory>

namespace organum::engine
{

struct PhraseAttentionWeights;

/** A bundle's `config` for the kind "phrase-attention-lstm". */
struct PhraseAttentionOptions
{
    std::int64_t embedSize = 128;
    std::int64_t units = 256;
    std::int64_t memory = 2048; ///< how many of the latest elements can be said again
    bool attention = true;
    bool metre = true;
    bool transposed = true;
    bool relative = true;

    std::string toJson() const;
    /** Fields that are not there keep their defaults. Throws std::invalid_argument. */
    static PhraseAttentionOptions fromJson(const std::string& text);

    /** The network's configuration for a vocabulary; dropout as the network's defaults. */
    models::PhraseAttentionLstmConfig networkConfig(const Vocabulary& vocabulary) const;
    /** An untrained network. */
    models::PhraseAttentionLstm makeNetwork(const Vocabulary& vocabulary) const;
};

class PhraseAttentionSteps : public StepModel
{
public:
    static constexpr const char* kind = "phrase-attention-lstm";

    /** Throws bundle::BundleError when the bundle does not hold this network. */
    PhraseAttentionSteps(const bundle::Bundle& bundle, Vocabulary words);
    ~PhraseAttentionSteps() override;

    Stream first() const override { return Stream::duration; }
    /** Both samplers are the same: the network is defined by its step. */
    std::unique_ptr<StepState> newState(Sampler sampler) const override;
    std::int64_t parameterCount() const override { return parameters; }

    const PhraseAttentionOptions options;

private:
    std::int64_t parameters = 0;
    std::unique_ptr<PhraseAttentionWeights> weights;
};

} // namespace organum::engine
