#pragma once

// A running average of a generator's weights: samples of the last step's weights change from step
// to step though nothing has been learnt, those of the average do not. Batch norms keep statistics
// of the activations that the weights make, so for averaged weights they are measured anew.

#include "Training/Adversarial/AdversarialNetworks.h"
#include "Training/Loop/WeightAverage.h"

#include <memory>
#include <vector>

namespace organum::training
{

/** While it lives, the generator is in evaluation mode and holds the averaged weights, with the
    statistics of `batches` generated batches in its batch norms; afterwards all is as before. */
class AveragedGenerator
{
public:
    /** No average: the generator's own weights and statistics. `seed` decides the noise. */
    AveragedGenerator(AdversarialNetworks& networksIn, const WeightAverage* average,
                      std::uint64_t seed, std::int64_t batches = 20);
    ~AveragedGenerator();
    AveragedGenerator(const AveragedGenerator&) = delete;
    AveragedGenerator& operator=(const AveragedGenerator&) = delete;

private:
    AdversarialNetworks& networks;
    const bool wasTraining;
    std::unique_ptr<WeightAverage::Use> use;
    std::vector<torch::Tensor> buffers;
};

} // namespace organum::training
