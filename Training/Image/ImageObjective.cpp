#include "Training/Image/ImageObjective.h"

#include "Training/KerasOptimisers.h"
#include "Training/Loop/Checkpoint.h"

namespace organum::training
{
namespace
{

constexpr std::int64_t evaluationBatch = 250;
constexpr std::int64_t sheetImages = 16;
constexpr int sheetColumns = 8;

} // namespace

ImageObjective::ImageObjective(std::unique_ptr<ImageLearner> learnerIn, const ImageSteps& steps,
                               const ImageTraining& training)
    : learner(std::move(learnerIn))
    , record(training.record)
    , device(training.device)
    , loader(training.data.train, steps.batch, training.options.seed, training.device)
    , heldOut(training.data.validation)
{
    learner->module().to(device);
    optimizer = kerasAdam(learner->module().parameters(), steps.rate);
}

Metrics ImageObjective::step(const Position& position)
{
    learner->module().train();
    const auto losses = learner->losses(loader.batch(position.epoch, position.stepOfEpoch));
    optimizer->zero_grad();
    losses.loss.backward();
    optimizer->step();
    Metrics metrics = {{"loss", losses.loss.item<double>()}};
    for (const auto& [name, value] : losses.figures)
        metrics[name] = value.item<double>();
    return metrics;
}

Metrics ImageObjective::validate()
{
    return meanLosses(*learner, heldOut, device);
}

void ImageObjective::epochDone(std::int64_t epoch, bool best, const Metrics& validation)
{
    torch::NoGradGuard noGrad;
    learner->module().eval();
    if (best)
        record.write(learner->module(), epoch + 1, validation);
    if (!ImageRecord::isSampleEpoch(epoch + 1) || heldOut.count() == 0)
        return;
    const auto sheet = learner->sheet(ImageLoader(heldOut, 1, 0, device).range(0, sheetImages));
    if (sheet.defined())
        record.sample(sheet, epoch + 1, sheetColumns);
}

void ImageObjective::save(torch::serialize::OutputArchive& archive) const
{
    training::save(archive, "network", learner->module());
    training::save(archive, "optimizer", *optimizer);
}

void ImageObjective::load(torch::serialize::InputArchive& archive)
{
    training::load(archive, "network", learner->module());
    training::load(archive, "optimizer", *optimizer);
}

Metrics meanLosses(ImageLearner& learner, const ImageSet& set, torch::Device device)
{
    if (set.count() == 0)
        return {};
    torch::NoGradGuard noGrad;
    learner.module().eval();
    const ImageLoader loader(set, evaluationBatch, 0, device);
    Metrics sums;
    for (std::int64_t from = 0; from < set.count(); from += evaluationBatch) {
        const auto batch = loader.range(from, from + evaluationBatch);
        const auto weight =
            static_cast<double>(batch.pixels.size(0)) / static_cast<double>(set.count());
        const auto losses = learner.losses(batch);
        sums["loss"] += weight * losses.loss.item<double>();
        for (const auto& [name, value] : losses.figures)
            sums[name] += weight * value.item<double>();
    }
    return sums;
}

} // namespace organum::training
