#pragma once

// What classifiers, autoencoders and variational autoencoders have in common as objectives: batches
// of one loader, a loss, one Adam with Keras' constants, the mean loss of held-out images. Each is
// a small ImageLearner.

#include "Training/Image/ImageLoader.h"
#include "Training/Image/ImageRun.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace organum::training
{

/** Means over the images of a batch. */
struct ImageLosses
{
    torch::Tensor loss;                                         ///< one number, to be minimised
    std::vector<std::pair<std::string, torch::Tensor>> figures; ///< one number each, for the log
};

/** A network and what it shall do. */
class ImageLearner
{
public:
    virtual ~ImageLearner() = default;
    virtual torch::nn::Module& module() = 0;
    /** In training mode with gradients, in evaluation mode without. */
    virtual ImageLosses losses(const ImageBatch& batch) = 0;
    /** What is looked at while it learns, in evaluation mode: images [N, C, H, W] in 0..1, eight a
        row, made from some held-out ones. Undefined: nothing. */
    virtual torch::Tensor sheet(const ImageBatch& heldOut)
    {
        (void) heldOut;
        return {};
    }
};

struct ImageSteps
{
    std::int64_t batch = 32;
    double rate = 0.0005; ///< of Adam
};

class ImageObjective : public Objective
{
public:
    ImageObjective(std::unique_ptr<ImageLearner> learnerIn, const ImageSteps& steps,
                   const ImageTraining& training);

    torch::Device computesOn() const override { return device; }
    std::int64_t stepsPerEpoch() const override { return loader.stepsPerEpoch(); }
    Metrics step(const Position& position) override;
    Metrics validate() override;
    void epochDone(std::int64_t epoch, bool best, const Metrics& validation) override;
    void save(torch::serialize::OutputArchive& archive) const override;
    void load(torch::serialize::InputArchive& archive) override;

private:
    const std::unique_ptr<ImageLearner> learner;
    const ImageRecord& record;
    const torch::Device device;
    ImageLoader loader;
    const ImageSet heldOut;
    std::unique_ptr<torch::optim::Adam> optimizer;
};

/** Mean losses over a set, in evaluation mode. {} for an empty set. */
Metrics meanLosses(ImageLearner& learner, const ImageSet& set, torch::Device device);

} // namespace organum::training
