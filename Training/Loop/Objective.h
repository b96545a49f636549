#pragma once

// What the training loop knows of a model: something that can take a step, be judged and be saved.
// The network, its loss, its optimisers and its data belong to the objective, so that one loop
// trains a composer, an autoencoder and a pair of adversaries alike.

#include <torch/torch.h>

#include <cstdint>
#include <map>
#include <string>

namespace organum::training
{

/** Named figures, e.g. {"pitch", 2.9}; every model's own. */
using Metrics = std::map<std::string, double>;

/** Where a run is. Counted from 0. */
struct Position
{
    std::int64_t epoch = 0;
    std::int64_t stepOfEpoch = 0;
    std::int64_t step = 0;       ///< of the whole run
    std::int64_t totalSteps = 1; ///< of the whole run, for schedules
};

/** One thing being trained. Used from one thread.

    How other models plug in, each with optimisers of its own:

    - A variational autoencoder (chapter 3): step() draws batch `position.step` from its image
      loader, encodes to mean and log-variance, decodes a sample, adds the weighted reconstruction
      error and the KL divergence, takes one Adam step and returns {"loss", "reconstruction",
      "kl"}; validate() returns the same for held-out images, and the loop watches "loss".
    - A generative adversarial network (chapter 4): step() is one iteration of the book. With two
      optimisers it takes one (WGAN: five) critic step on a real and a generated batch, then one
      generator step, and returns {"critic", "generator"}. It has no held-out loss: validate()
      returns {} and the loop then keeps the latest weights as the best; what it looks like is
      judged by the pictures that epochDone() draws into samples/.

    Randomness: before each step the loop seeds LibTorch with a hash of (seed, step); data orders
    are hashes of (seed, epoch). So there is no generator state to save. */
class Objective
{
public:
    virtual ~Objective() = default;

    /** Where the weights are: a checkpoint is read to there, wherever it was written. */
    virtual torch::Device computesOn() const = 0;

    /** At least 1; the same for all epochs. */
    virtual std::int64_t stepsPerEpoch() const = 0;

    /** One update of the weights. Returns training metrics, averaged over the epoch by the loop. */
    virtual Metrics step(const Position& position) = 0;

    /** Figures on the validation split with the weights that would be shipped; may be empty. */
    virtual Metrics validate() = 0;

    /** Called after each epoch. `best`: these weights are the best so far and must be kept (write
        the bundle). Must give the same files when an epoch is repeated after a crash. */
    virtual void epochDone(std::int64_t epoch, bool best, const Metrics& validation) = 0;

    /** Everything step() depends on: weights, optimisers, carried state, place in the data. */
    virtual void save(torch::serialize::OutputArchive& archive) const = 0;
    virtual void load(torch::serialize::InputArchive& archive) = 0;
};

} // namespace organum::training
