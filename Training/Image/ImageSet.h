#pragma once

// Images in memory as all image models learn from them, whatever file format they came in.

#include <torch/torch.h>

#include <cstdint>
#include <string>
#include <vector>

namespace organum::training
{

struct ImageSet
{
    torch::Tensor pixels; ///< uint8 [N, C, H, W], C = 1 (grey) or 3
    torch::Tensor labels; ///< int64 [N]: class, or person; undefined when there are none
    std::vector<std::string> classNames;     ///< by label; empty without labels
    torch::Tensor attributes;                ///< int8 [N, A]: 1 or -1; undefined: none
    std::vector<std::string> attributeNames; ///< A of them
    std::vector<std::string> names;          ///< of the files, N of them, or empty

    std::int64_t count() const { return pixels.defined() ? pixels.size(0) : 0; }
    std::int64_t channels() const { return pixels.size(1); }
    std::int64_t height() const { return pixels.size(2); }
    std::int64_t width() const { return pixels.size(3); }
    bool hasLabels() const { return labels.defined(); }
    std::string className(std::int64_t label) const;

    /** The images with these numbers, in this order. */
    ImageSet select(const std::vector<std::int64_t>& rows) const;
};

/** A size that a model asks for; 0 = as the files have it. */
struct ImageShape
{
    std::int64_t channels = 0;
    std::int64_t height = 0;
    std::int64_t width = 0;
};

/** The set with images of this shape: colours are averaged to grey or grey repeated, other sizes
    are resampled (the whole image, so its sides may be squashed, as in the book). */
ImageSet shaped(const ImageSet& set, const ImageShape& shape);

/** The most bytes that images may take in memory: 4 GiB. */
constexpr std::int64_t mostImageBytes = std::int64_t{4} << 30;

/** Throws DataError, naming `source`, when so many images would take more, or are none. */
void checkImageMemory(std::int64_t count, std::int64_t channels, std::int64_t height,
                      std::int64_t width, const std::string& source);

} // namespace organum::training
