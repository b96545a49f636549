#include "Training/Image/Files/PictureFile.h"

#include "Score/AtomicFile.h"
#include "Training/Data/DataError.h"
#include "Training/Image/Files/FileBytes.h"

#include <stb/stb_image.h>
#include <stb/stb_image_resize.h>
#include <stb/stb_image_write.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

namespace organum::training
{
namespace
{

constexpr std::int64_t mostPixels = 64 * 1024 * 1024;
constexpr std::size_t mostBytes = std::size_t{256} << 20;

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& reason)
{
    throw DataError("Could not read the picture " + file.string() + ": " + reason +
                    ". Get it anew, or leave it out.");
}

std::string stbReason()
{
    const auto* text = stbi_failure_reason();
    return text != nullptr ? text : "it is damaged";
}

void refuseSides(const std::filesystem::path& file, std::int64_t width, std::int64_t height)
{
    if (width < 1 || height < 1 || mostPixels / width < height)
        refuse(file, "it claims to have " + std::to_string(width) + " x " + std::to_string(height) +
                         " pixels; from 1 to " + std::to_string(mostPixels) + " are read");
}

/** Width and height as a PNG's header says: of impossible ones stb_image only says that it does
    not know the kind of file. */
std::optional<std::pair<std::int64_t, std::int64_t>> sidesOfPng(const std::string& bytes)
{
    if (bytes.size() < 24 || bytes.compare(0, 8, "\x89PNG\r\n\x1a\n") != 0)
        return std::nullopt;
    const auto number = [&](std::size_t at) {
        std::int64_t value = 0;
        for (std::size_t i = 0; i < 4; ++i)
            value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
        return value;
    };
    return std::make_pair(number(16), number(20));
}

} // namespace

torch::Tensor readPicture(const std::filesystem::path& file, const ImageShape& shape)
{
    const auto bytes = readDataFile(file, mostBytes);
    const auto* data = reinterpret_cast<const stbi_uc*>(bytes.data());
    const auto size = static_cast<int>(bytes.size());
    int width = 0, height = 0, there = 0;
    if (const auto sides = sidesOfPng(bytes))
        refuseSides(file, sides->first, sides->second);
    if (stbi_info_from_memory(data, size, &width, &height, &there) == 0)
        refuse(file, stbReason());
    refuseSides(file, width, height);
    // stb_image takes a PGM that ends early as whole.
    if (bytes[0] == 'P' && (bytes[1] == '5' || bytes[1] == '6') &&
        bytes.size() < static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                           static_cast<std::size_t>(there))
        refuse(file, "it ends after " + std::to_string(bytes.size()) + " bytes");
    const auto channels =
        shape.channels > 0 ? static_cast<int>(shape.channels) : (there <= 2 ? 1 : 3);
    const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
        stbi_load_from_memory(data, size, &width, &height, &there, channels), stbi_image_free);
    if (pixels == nullptr)
        refuse(file, stbReason());
    const auto newHeight = shape.height > 0 ? static_cast<int>(shape.height) : height;
    const auto newWidth = shape.width > 0 ? static_cast<int>(shape.width) : width;
    auto image = torch::empty({newHeight, newWidth, channels}, torch::kUInt8);
    if (newHeight == height && newWidth == width)
        std::copy_n(pixels.get(), image.numel(), image.data_ptr<std::uint8_t>());
    else if (stbir_resize_uint8(pixels.get(), width, height, 0, image.data_ptr<std::uint8_t>(),
                                newWidth, newHeight, 0, channels) == 0)
        refuse(file, "it could not be resized");
    return image.permute({2, 0, 1}).contiguous();
}

bool isPictureName(const std::filesystem::path& file)
{
    static const std::set<std::string> endings = {".png", ".jpg", ".jpeg", ".pgm", ".ppm", ".bmp"};
    auto ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return endings.count(ending) > 0;
}

void writeImageSheet(const std::filesystem::path& file, const torch::Tensor& images, int columns)
{
    const auto count = images.size(0), channels = images.size(1);
    const auto scale = std::max<std::int64_t>(1, 96 / std::max(images.size(2), images.size(3)));
    const auto height = images.size(2) * scale, width = images.size(3) * scale;
    constexpr std::int64_t gap = 4;
    const auto across = std::min<std::int64_t>(columns, count);
    const auto down = (count + across - 1) / across;
    auto sheet = torch::full({channels, down * (height + gap) + gap, across * (width + gap) + gap},
                             255, torch::kUInt8);
    const auto large = (images.detach().to(torch::kCPU).clamp(0, 1) * 255)
                           .round()
                           .to(torch::kUInt8)
                           .repeat_interleave(scale, 2)
                           .repeat_interleave(scale, 3);
    for (std::int64_t i = 0; i < count; ++i) {
        const auto y = gap + i / across * (height + gap), x = gap + i % across * (width + gap);
        sheet.slice(1, y, y + height).slice(2, x, x + width).copy_(large[i]);
    }
    const auto interleaved = sheet.permute({1, 2, 0}).contiguous();
    std::string png;
    const auto append = [](void* to, void* bytes, int size) {
        static_cast<std::string*>(to)->append(static_cast<const char*>(bytes),
                                              static_cast<std::size_t>(size));
    };
    const auto rowBytes = static_cast<int>(sheet.size(2) * channels);
    if (stbi_write_png_to_func(append, &png, static_cast<int>(sheet.size(2)),
                               static_cast<int>(sheet.size(1)), static_cast<int>(channels),
                               interleaved.data_ptr<std::uint8_t>(), rowBytes) == 0)
        throw std::runtime_error("Could not compress the picture " + file.string() + ".");
    score::writeFileAtomically(file, png.data(), png.size(), "the picture");
}

} // namespace organum::training
