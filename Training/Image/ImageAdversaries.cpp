#include "Training/Image/ImageAdversaries.h"

#include "Training/Image/ImageDistances.h"
#include "Training/Loop/Progress.h"
#include "Training/Random.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <numeric>

namespace organum::training
{
namespace
{

constexpr std::int64_t measured = 64; ///< generated images in each measurement

/** Images evenly spread over the set. */
ImageSet someOf(const ImageSet& set, std::int64_t count)
{
    const auto wanted = std::min(count, set.count());
    std::vector<std::int64_t> rows;
    for (std::int64_t i = 0; i < wanted; ++i)
        rows.push_back(i * set.count() / wanted);
    return set.select(rows);
}

} // namespace

torch::Tensor noiseOf(std::int64_t count, std::int64_t numbers, std::uint64_t seed)
{
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    return torch::randn({count, numbers}, generator);
}

torch::Tensor sheetNoise(std::int64_t numbers, std::uint64_t runSeed)
{
    return noiseOf(sheetColumns * sheetColumns, numbers, randomBits("sheet", runSeed));
}

torch::Tensor shown(const torch::Tensor& images)
{
    return (images.detach().to(torch::kCPU) + 1.0) / 2.0;
}

ImageAdversaries::ImageAdversaries(const models::ImageGanConfig& config,
                                   const ImageTraining& training)
    : record(training.record)
    , seed(training.options.seed)
    , device(training.device)
    , loader(training.data.train, training.settings.integer("batch", 2, 65536), seed, device,
             ImageScale::signedUnit)
    , known(someOf(training.data.train, measuredAgainst))
    , theGenerator(config)
    , theCritic(config)
{
    theGenerator->to(device);
    theCritic->to(device);
    training.progress.message(
        "The critic has " + std::to_string(models::kerasCount(*theCritic).total()) +
        " parameters, the generator " + std::to_string(models::kerasCount(*theGenerator).total()) +
        " (" + std::to_string(models::kerasCount(*theGenerator).trainable) + " trainable).");
}

RealBatch ImageAdversaries::real(std::int64_t step, std::int64_t draw)
{
    return {loader.draw(step, draw).pixels, {}};
}

torch::Tensor ImageAdversaries::generate(const RealBatch& batch)
{
    return theGenerator->forward(
        torch::randn({batch.samples.size(0), theGenerator->config.noise}, batch.samples.options()));
}

torch::Tensor ImageAdversaries::score(const torch::Tensor& samples, const RealBatch& batch)
{
    (void) batch;
    return theCritic->forward(samples);
}

torch::Tensor ImageAdversaries::made(const torch::Tensor& noise)
{
    torch::NoGradGuard noGrad;
    return shown(theGenerator->forward(noise.to(device)));
}

Metrics ImageAdversaries::validate()
{
    if (known.count() < 2)
        return {};
    const auto images =
        made(noiseOf(measured, theGenerator->config.noise, randomBits("measured", seed)));
    const auto real =
        scaledPixels(known.pixels.slice(0, 0, std::min(measured, known.count())), ImageScale::unit);
    latest = {{"diversity", diversity(images, real)},
              {"nearest", nearestImages(images, known).distances.mean().item<double>()}};
    return latest;
}

void ImageAdversaries::keep(std::int64_t epoch)
{
    record.write(*theGenerator, epoch + 1, latest);
    if (ImageRecord::isSampleEpoch(epoch + 1))
        record.sample(made(sheetNoise(theGenerator->config.noise, seed)), epoch + 1, sheetColumns);
}

} // namespace organum::training
