#include "Training/Image/ImageLoader.h"

#include "Training/Random.h"

#include <stdexcept>

namespace organum::training
{

torch::Tensor scaledPixels(const torch::Tensor& pixels, ImageScale scale)
{
    const auto values = pixels.to(torch::kFloat32);
    return scale == ImageScale::unit ? values / 255.0 : (values - 127.5) / 127.5;
}

ImageLoader::ImageLoader(const ImageSet& setIn, std::int64_t batchIn, std::uint64_t seedIn,
                         torch::Device deviceIn, ImageScale scaleIn)
    : set(setIn)
    , batchSize(batchIn)
    , seed(seedIn)
    , device(deviceIn)
    , scale(scaleIn)
{
    if (set.count() < 1 || batchSize < 1)
        throw std::invalid_argument("There are no images to learn from.");
}

std::int64_t ImageLoader::stepsPerEpoch() const
{
    const auto rest = count() % batchSize;
    const auto whole = count() / batchSize;
    return std::max<std::int64_t>(1, whole + (rest > 1 ? 1 : 0));
}

ImageBatch ImageLoader::select(const torch::Tensor& rows) const
{
    ImageBatch batch;
    batch.pixels = scaledPixels(set.pixels.index_select(0, rows).to(device), scale);
    if (set.hasLabels())
        batch.labels = set.labels.index_select(0, rows).to(device);
    return batch;
}

ImageBatch ImageLoader::batch(std::int64_t epoch, std::int64_t stepOfEpoch)
{
    if (epoch != orderedEpoch) {
        const auto rows = randomOrder(static_cast<std::size_t>(count()), "images", seed,
                                      {static_cast<std::uint64_t>(epoch)});
        order = torch::tensor(std::vector<std::int64_t>(rows.begin(), rows.end()), torch::kInt64);
        orderedEpoch = epoch;
    }
    const auto from = stepOfEpoch * batchSize;
    const auto isLast = stepOfEpoch + 1 == stepsPerEpoch();
    return select(order.slice(0, from, isLast ? count() : from + batchSize));
}

ImageBatch ImageLoader::draw(std::int64_t step, std::int64_t number) const
{
    std::vector<std::int64_t> rows;
    for (std::int64_t row = 0; row < batchSize; ++row)
        rows.push_back(static_cast<std::int64_t>(
            randomBits("real", seed,
                       {static_cast<std::uint64_t>(step), static_cast<std::uint64_t>(number),
                        static_cast<std::uint64_t>(row)}) %
            static_cast<std::uint64_t>(count())));
    return select(torch::tensor(rows, torch::kInt64));
}

ImageBatch ImageLoader::range(std::int64_t from, std::int64_t to) const
{
    return select(torch::arange(from, std::min(to, count()), torch::kInt64));
}

} // namespace organum::training
