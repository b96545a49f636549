#pragma once

// The adversaries of chapter 4 and their images as adversarial training sees them.

#include "Models/Image/ImageGan.h"
#include "Training/Adversarial/AdversarialNetworks.h"
#include "Training/Image/ImageLoader.h"
#include "Training/Image/ImageRun.h"

namespace organum::training
{

/** Training images that generated ones are compared with after each epoch, at most. */
constexpr std::int64_t measuredAgainst = 500;

/** The same noise on every device: [count, numbers], standard normal. */
torch::Tensor noiseOf(std::int64_t count, std::int64_t numbers, std::uint64_t seed);

/** Images in a row of a run's sheets of samples, and in a column. */
constexpr int sheetColumns = 5;

/** The noise that all sheets of a run are made from. */
torch::Tensor sheetNoise(std::int64_t numbers, std::uint64_t runSeed);

/** Images in -1..1, as adversaries make them, as images in 0..1 on the CPU. */
torch::Tensor shown(const torch::Tensor& images);

class ImageAdversaries : public AdversarialNetworks
{
public:
    /** Weights are drawn by LibTorch's generator of random numbers. */
    ImageAdversaries(const models::ImageGanConfig& config, const ImageTraining& training);

    torch::nn::Module& generator() override { return *theGenerator; }
    torch::nn::Module& critic() override { return *theCritic; }
    RealBatch real(std::int64_t step, std::int64_t draw) override;
    torch::Tensor generate(const RealBatch& batch) override;
    torch::Tensor score(const torch::Tensor& samples, const RealBatch& batch) override;

    /** diversity (see ImageDistances.h) and nearest, the mean distance of a generated image to the
        nearest training image, both from the same noise every time. */
    Metrics validate() override;
    /** The bundle and, after some epochs, a sheet of images from the same noise every time. */
    void keep(std::int64_t epoch) override;

private:
    torch::Tensor made(const torch::Tensor& noise);

    const ImageRecord& record;
    const std::uint64_t seed;
    const torch::Device device;
    const ImageLoader loader;
    ImageSet known; ///< some of the training images, to measure distances to
    Metrics latest;
    models::ImageGanGenerator theGenerator;
    models::ImageGanCritic theCritic;
};

} // namespace organum::training
