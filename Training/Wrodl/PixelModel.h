#pragma once

// "Planet Pixel" (section 1.5 of the book): pictures of 32 x 32 pixels, each one of 256 colours,
// and a model that takes every pixel for independent of all others. It is meant to fail: faces come
// out, since they hardly vary; clothes are speckle, since neighbours are drawn apart.

#include <array>
#include <cstdint>
#include <vector>

namespace organum::training
{

constexpr int pictureSide = 32;
constexpr int picturePixels = pictureSide * pictureSide;
constexpr int paletteSize = 256;

/** 0xRRGGBB. */
using Palette = std::array<std::uint32_t, paletteSize>;
/** Colour numbers, row by row. */
using IndexedPicture = std::array<std::uint8_t, picturePixels>;

/** The 256 commonest colours of pictures given as 0xRRGGBB, row by row; black fills what is left.
    Colours are first rounded to five bits a channel and stand for the mean of what fell together.
    (Heckbert, "Color image quantization", 1982: the popularity algorithm.) */
Palette commonestColours(const std::vector<std::vector<std::uint32_t>>& pictures);
/** Each pixel becomes the nearest colour. Throws std::invalid_argument when it is not 32 x 32. */
IndexedPicture indexed(const std::vector<std::uint32_t>& picture, const Palette& palette);

class PixelModel
{
public:
    explicit PixelModel(const std::vector<IndexedPicture>& pictures);
    /** counts[pixel * 256 + colour]; throws std::invalid_argument unless every pixel's counts have
        the same positive sum. */
    explicit PixelModel(std::vector<std::int64_t> countsIn);

    double share(int pixel, int colour) const;
    /** The chance of each pixel's likeliest colour. */
    double surest(int pixel) const;
    /** The n-th picture of a seed. */
    IndexedPicture draw(std::uint64_t seed, std::uint64_t n) const;
    static constexpr int parameters = picturePixels * (paletteSize - 1);

    const std::vector<std::int64_t>& counts() const { return seen; }

private:
    std::vector<std::int64_t> seen;
    double total = 0.0;
};

/** A rectangle of pixels, ends not included. */
struct PixelArea
{
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
};

/** Share of the pairs of neighbours, side by side or one above the other, whose colours differ. */
double differingNeighbours(const std::vector<IndexedPicture>& pictures, const PixelArea& area);

} // namespace organum::training
