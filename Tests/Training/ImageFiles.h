#pragma once

// Small image sets in the formats of published ones, written by the tests themselves.

#include <stb/stb_image_write.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace organum::test
{

inline void writeBytes(const std::filesystem::path& file, const std::string& bytes)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

inline std::string bigEndian(std::uint32_t value)
{
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
            static_cast<char>(value >> 8), static_cast<char>(value)};
}

/** IDX of unsigned bytes. */
inline std::string idx(const std::vector<std::uint32_t>& shape, const std::string& bytes)
{
    std::string text = {0, 0, 8, static_cast<char>(shape.size())};
    for (const auto size : shape)
        text += bigEndian(size);
    return text + bytes;
}

/** A NumPy array; `type` as "|u1", `shape` as "2, 784". */
inline std::string npy(const std::string& type, const std::string& shape, const std::string& bytes)
{
    auto header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    while ((10 + header.size() + 1) % 64 != 0)
        header += ' ';
    header += '\n';
    std::string text = "\x93NUMPY";
    text += {1, 0, static_cast<char>(header.size() & 255), static_cast<char>(header.size() >> 8)};
    return text + header + bytes;
}

/** A digit-like drawing of 28 x 28 bytes: a bar whose place and slope are the class's. */
inline std::string bar(int label, int variant)
{
    std::string pixels(28 * 28, '\0');
    for (int y = 3; y < 25; ++y) {
        const auto x = 4 + label * 2 + variant % 3 + (label % 2 == 0 ? 0 : y / 4);
        for (int wide = 0; wide < 3; ++wide)
            pixels[static_cast<std::size_t>(y * 28 + std::min(27, x + wide))] =
                static_cast<char>(255 - 30 * (variant % 4));
    }
    return pixels;
}

/** MNIST in miniature: train and t10k, `count` images each, the classes in turn. */
inline void writeDigits(const std::filesystem::path& folder, int count, int classes = 10)
{
    for (const auto* stem : {"train", "t10k"}) {
        std::string images, labels;
        for (int i = 0; i < count; ++i) {
            images += bar(i % classes, i / classes + (stem[0] == 't' && stem[1] == '1' ? 7 : 0));
            labels += static_cast<char>(i % classes);
        }
        const auto n = static_cast<std::uint32_t>(count);
        writeBytes(folder / (std::string(stem) + "-images-idx3-ubyte"), idx({n, 28, 28}, images));
        writeBytes(folder / (std::string(stem) + "-labels-idx1-ubyte"), idx({n}, labels));
    }
}

/** A PNG of width x height, `channels` bytes a pixel. */
inline void writePng(const std::filesystem::path& file, int width, int height, int channels,
                     const std::string& pixels)
{
    std::string png;
    stbi_write_png_to_func(
        [](void* to, void* bytes, int size) {
            static_cast<std::string*>(to)->append(static_cast<const char*>(bytes),
                                                  static_cast<std::size_t>(size));
        },
        &png, width, height, channels, pixels.data(), width * channels);
    writeBytes(file, png);
}

inline void writeJpeg(const std::filesystem::path& file, int width, int height,
                      const std::string& pixels)
{
    std::string jpeg;
    stbi_write_jpg_to_func(
        [](void* to, void* bytes, int size) {
            static_cast<std::string*>(to)->append(static_cast<const char*>(bytes),
                                                  static_cast<std::size_t>(size));
        },
        &jpeg, width, height, 3, pixels.data(), 90);
    writeBytes(file, jpeg);
}

/** A colour image of one flat colour with a brighter square whose place is the class's. */
inline std::string flatColour(int side, int label, int variant)
{
    std::string pixels;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const auto inside = x / (side / 4) == label % 4 && y / (side / 4) == label / 4;
            pixels += static_cast<char>(inside ? 230 : 40 + 5 * (variant % 5));
            pixels += static_cast<char>(inside ? 200 : 60);
            pixels += static_cast<char>(inside ? 90 : 20 * label);
        }
    return pixels;
}

} // namespace organum::test
