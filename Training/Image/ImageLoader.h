#pragma once

// Batches of images on the computing device. Every batch is a function of (seed, epoch, place) or
// (seed, step, draw), so there is no state to save.

#include "Training/Image/ImageSet.h"

#include <cstdint>
#include <vector>

namespace organum::training
{

/** Which numbers stand for black and white. */
enum class ImageScale
{
    unit,      ///< 0 and 1
    signedUnit ///< -1 and 1: (x - 127.5) / 127.5
};

struct ImageBatch
{
    torch::Tensor pixels; ///< float32 [B, C, H, W]
    torch::Tensor labels; ///< int64 [B]; undefined when the set has none
};

/** uint8 images as numbers of a scale. */
torch::Tensor scaledPixels(const torch::Tensor& pixels, ImageScale scale);

class ImageLoader
{
public:
    /** Keeps the set's tensors. `batchIn` at least 1. Throws std::invalid_argument for an empty
        set. */
    ImageLoader(const ImageSet& setIn, std::int64_t batchIn, std::uint64_t seedIn,
                torch::Device deviceIn, ImageScale scaleIn = ImageScale::unit);

    /** All images once; a single image that would be left over joins the last batch, since a batch
        norm cannot learn from it alone. */
    std::int64_t stepsPerEpoch() const;

    /** Batch `stepOfEpoch` of the order that (seed, epoch) decides. */
    ImageBatch batch(std::int64_t epoch, std::int64_t stepOfEpoch);

    /** Images chosen with repetition by a hash of (seed, step, draw): for adversaries, whose steps
        know no epochs. */
    ImageBatch draw(std::int64_t step, std::int64_t number) const;

    /** Images from..to-1 in the set's own order. */
    ImageBatch range(std::int64_t from, std::int64_t to) const;

    std::int64_t count() const { return set.count(); }

private:
    ImageBatch select(const torch::Tensor& rows) const;

    const ImageSet set;
    const std::int64_t batchSize;
    const std::uint64_t seed;
    const torch::Device device;
    const ImageScale scale;
    std::int64_t orderedEpoch = -1;
    torch::Tensor order; ///< int64 [N] of orderedEpoch
};

} // namespace organum::training
