#include "Training/Wrodl/PixelModel.h"

#include "Training/Random.h"

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

namespace organum::training
{
namespace
{

int channel(std::uint32_t colour, int shift)
{
    return static_cast<int>(colour >> shift & 0xFFu);
}

int distance(std::uint32_t a, std::uint32_t b)
{
    int sum = 0;
    for (const int shift : {0, 8, 16}) {
        const int difference = channel(a, shift) - channel(b, shift);
        sum += difference * difference;
    }
    return sum;
}

std::vector<std::int64_t> pixelCounts(const std::vector<IndexedPicture>& pictures)
{
    std::vector<std::int64_t> counts(static_cast<std::size_t>(picturePixels * paletteSize), 0);
    for (const auto& picture : pictures)
        for (std::size_t pixel = 0; pixel < picture.size(); ++pixel)
            ++counts[pixel * paletteSize + picture[pixel]];
    return counts;
}

std::size_t place(int pixel, int colour)
{
    return static_cast<std::size_t>(pixel * paletteSize + colour);
}

} // namespace

Palette commonestColours(const std::vector<std::vector<std::uint32_t>>& pictures)
{
    struct Cell
    {
        std::uint64_t count = 0;
        std::array<std::uint64_t, 3> sums{};
    };
    std::map<std::uint32_t, Cell> cells;
    for (const auto& picture : pictures)
        for (const auto colour : picture) {
            auto& cell = cells[colour & 0xF8F8F8u];
            ++cell.count;
            for (std::size_t c = 0; c < 3; ++c)
                cell.sums[c] +=
                    static_cast<std::uint64_t>(channel(colour, static_cast<int>(8 * c)));
        }
    std::vector<std::pair<std::uint32_t, Cell>> sorted(cells.begin(), cells.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second.count > b.second.count; });
    Palette palette{};
    for (std::size_t i = 0; i < std::min(sorted.size(), palette.size()); ++i) {
        const auto& cell = sorted[i].second;
        for (std::size_t c = 0; c < 3; ++c)
            palette[i] |= static_cast<std::uint32_t>((cell.sums[c] + cell.count / 2) / cell.count)
                          << (8 * c);
    }
    return palette;
}

IndexedPicture indexed(const std::vector<std::uint32_t>& picture, const Palette& palette)
{
    if (picture.size() != static_cast<std::size_t>(picturePixels))
        throw std::invalid_argument("A picture of planet Pixel has 1024 pixels, not " +
                                    std::to_string(picture.size()) + ".");
    IndexedPicture result{};
    for (std::size_t pixel = 0; pixel < result.size(); ++pixel) {
        auto nearest = std::numeric_limits<int>::max();
        for (std::size_t i = 0; i < palette.size(); ++i)
            if (const auto far = distance(picture[pixel], palette[i]); far < nearest) {
                nearest = far;
                result[pixel] = static_cast<std::uint8_t>(i);
            }
    }
    return result;
}

PixelModel::PixelModel(const std::vector<IndexedPicture>& pictures)
    : PixelModel(pixelCounts(pictures))
{
}

PixelModel::PixelModel(std::vector<std::int64_t> countsIn)
    : seen(std::move(countsIn))
{
    if (seen.size() != static_cast<std::size_t>(picturePixels * paletteSize))
        throw std::invalid_argument("a model of pixels needs 1024 x 256 counts and has " +
                                    std::to_string(seen.size()));
    for (int pixel = 0; pixel < picturePixels; ++pixel) {
        double sum = 0.0;
        for (int colour = 0; colour < paletteSize; ++colour) {
            const auto count = seen[place(pixel, colour)];
            if (count < 0 || count > (std::int64_t{1} << 40))
                throw std::invalid_argument("a count of a pixel's colour is out of range");
            sum += static_cast<double>(count);
        }
        if (!(sum > 0.0) || (pixel > 0 && sum != total))
            throw std::invalid_argument("a pixel's counts do not sum to the number of pictures");
        total = sum;
    }
}

double PixelModel::share(int pixel, int colour) const
{
    return static_cast<double>(seen[place(pixel, colour)]) / total;
}

double PixelModel::surest(int pixel) const
{
    const auto first = seen.begin() + static_cast<std::ptrdiff_t>(place(pixel, 0));
    return static_cast<double>(*std::max_element(first, first + paletteSize)) / total;
}

IndexedPicture PixelModel::draw(std::uint64_t seed, std::uint64_t n) const
{
    IndexedPicture picture{};
    for (int pixel = 0; pixel < picturePixels; ++pixel) {
        auto left =
            total * randomUniform("planet-pixel", seed, {n, static_cast<std::uint64_t>(pixel)});
        for (int colour = 0; colour < paletteSize; ++colour) {
            const auto here = static_cast<double>(seen[place(pixel, colour)]);
            if (here <= 0.0)
                continue;
            picture[static_cast<std::size_t>(pixel)] = static_cast<std::uint8_t>(colour);
            if (left < here)
                break;
            left -= here;
        }
    }
    return picture;
}

double differingNeighbours(const std::vector<IndexedPicture>& pictures, const PixelArea& area)
{
    std::int64_t pairs = 0;
    std::int64_t differing = 0;
    const auto at = [](const IndexedPicture& picture, int x, int y) {
        return picture[static_cast<std::size_t>(y * pictureSide + x)];
    };
    for (const auto& picture : pictures)
        for (int y = area.top; y < area.bottom; ++y)
            for (int x = area.left; x < area.right; ++x) {
                if (x + 1 < area.right) {
                    ++pairs;
                    differing += at(picture, x, y) != at(picture, x + 1, y) ? 1 : 0;
                }
                if (y + 1 < area.bottom) {
                    ++pairs;
                    differing += at(picture, x, y) != at(picture, x, y + 1) ? 1 : 0;
                }
            }
    return pairs > 0 ? static_cast<double>(differing) / static_cast<double>(pairs) : 0.0;
}

} // namespace organum::training
