#pragma once

// The book's attention-LSTM as the engine plays it. `window` is the book's procedure through the
// module itself. `stream` is our own step over BLAS: the LSTM's state is carried on and the
// attention's softmax is a pair of running sums, so that a note costs three matrix-vector products
// however long the piece is (section 7.1; both agree while the history fits the window).

#include "Bundle/Bundle.h"
#include "Engine/AttentionLstmOptions.h"
#include "Engine/StepModel.h"
#include "Models/Music/AttentionLstm.h"

#include <mutex>

namespace organum::engine
{

struct AttentionLstmWeights;

class AttentionLstmSteps : public StepModel
{
public:
    static constexpr const char* kind = "attention-lstm";

    /** Throws bundle::BundleError when the bundle does not hold this network. */
    AttentionLstmSteps(const bundle::Bundle& bundle, Vocabulary words);
    ~AttentionLstmSteps() override;

    Stream first() const override { return Stream::pitch; }
    std::unique_ptr<StepState> newState(Sampler sampler) const override;
    std::int64_t parameterCount() const override { return parameters; }

    /** The network as a module, made when first asked for; in evaluation mode. Any thread. */
    models::AttentionLstm module() const;

    const AttentionLstmOptions options;

private:
    const std::map<std::string, bundle::Tensor> tensors;
    std::int64_t parameters = 0;
    std::unique_ptr<AttentionLstmWeights> weights;
    mutable std::once_flag moduleMade;
    mutable models::AttentionLstm network{nullptr};
};

} // namespace organum::engine
