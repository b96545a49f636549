#include "Training/Image/ImageSet.h"

#include "Training/Data/DataError.h"

#include <algorithm>
#include <cstdio>

namespace organum::training
{

std::string ImageSet::className(std::int64_t label) const
{
    const auto index = static_cast<std::size_t>(label);
    return label >= 0 && index < classNames.size() ? classNames[index] : std::to_string(label);
}

ImageSet ImageSet::select(const std::vector<std::int64_t>& rows) const
{
    const auto index = torch::tensor(rows, torch::kInt64);
    ImageSet part;
    part.pixels = pixels.index_select(0, index);
    part.classNames = classNames;
    part.attributeNames = attributeNames;
    if (labels.defined())
        part.labels = labels.index_select(0, index);
    if (attributes.defined())
        part.attributes = attributes.index_select(0, index);
    if (!names.empty())
        for (const auto row : rows)
            part.names.push_back(names[static_cast<std::size_t>(row)]);
    return part;
}

ImageSet shaped(const ImageSet& set, const ImageShape& shape)
{
    const auto channels = shape.channels > 0 ? shape.channels : set.channels();
    const auto height = shape.height > 0 ? shape.height : set.height();
    const auto width = shape.width > 0 ? shape.width : set.width();
    if (channels == set.channels() && height == set.height() && width == set.width())
        return set;
    checkImageMemory(set.count(), channels, height, width, "the images in the model's size");
    auto result = set;
    result.pixels = torch::empty({set.count(), channels, height, width}, torch::kUInt8);
    constexpr std::int64_t chunk = 512;
    for (std::int64_t from = 0; from < set.count(); from += chunk) {
        const auto to = std::min(set.count(), from + chunk);
        auto part = set.pixels.slice(0, from, to).to(torch::kFloat32);
        if (channels == 1 && set.channels() == 3)
            part = part.mean(1, true);
        else if (channels == 3 && set.channels() == 1)
            part = part.expand({part.size(0), 3, part.size(2), part.size(3)});
        if (height != set.height() || width != set.width()) {
            namespace F = torch::nn::functional;
            const std::vector<std::int64_t> size = {height, width};
            const auto smaller = height <= set.height() && width <= set.width();
            auto options = F::InterpolateFuncOptions().size(size);
            if (smaller)
                options.mode(torch::kArea);
            else
                options.mode(torch::kBilinear).align_corners(false);
            part = F::interpolate(part, options);
        }
        result.pixels.slice(0, from, to).copy_(part.round().clamp(0, 255));
    }
    return result;
}

void checkImageMemory(std::int64_t count, std::int64_t channels, std::int64_t height,
                      std::int64_t width, const std::string& source)
{
    if (count < 1 || channels < 1 || height < 1 || width < 1)
        throw DataError(source + " holds no images.");
    // Each factor is checked, so that the product cannot overflow.
    if (channels > 4 || height > 65536 || width > 65536 ||
        count > mostImageBytes / (channels * height * width)) {
        char size[32];
        std::snprintf(size, sizeof size, "%.1f",
                      static_cast<double>(count) * static_cast<double>(channels) *
                          static_cast<double>(height) * static_cast<double>(width) /
                          static_cast<double>(std::int64_t{1} << 30));
        throw DataError(source + " would take " + size + " GiB of memory (" +
                        std::to_string(count) + " images of " + std::to_string(channels) + " x " +
                        std::to_string(height) + " x " + std::to_string(width) + "), and at most " +
                        std::to_string(mostImageBytes >> 30) +
                        " GiB are taken. Learn from fewer with --set images=N.");
    }
}

} // namespace organum::training
