#pragma once

// The portraits of planet Wrodl and the diagrams about them, drawn by Source/Picture; a build
// without graphics draws none (see canDraw() in Report/Pictures.h).

#include "Training/Wrodl/PixelModel.h"
#include "Training/Wrodl/Styles.h"
#include "Training/Wrodl/WrodlModel.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace organum::training
{

/** Portraits of 32 x 32 pixels, 0xRRGGBB. Throws std::runtime_error in a build without graphics. */
std::vector<std::vector<std::uint32_t>> drawPortraits(const std::vector<Style>& styles);

/** The first styles that a model of styles draws with a seed. */
std::vector<Style> drawStyles(const WrodlModel& model, std::uint64_t seed, std::uint64_t count);

struct SheetText
{
    std::string title;
    std::string subtitle;
};

/** The following write a PNG file and throw std::exception when that fails. */
void drawStyleSheet(const std::filesystem::path& file, const std::vector<Style>& styles,
                    const SheetText& text, int columns,
                    const std::vector<std::string>& captions = {});
void drawPixelSheet(const std::filesystem::path& file, const std::vector<IndexedPicture>& pictures,
                    const Palette& palette, const SheetText& text, int columns);
/** A model's first samples of a seed, whatever it models. */
void drawSamples(const std::filesystem::path& file, const WrodlModel& model, std::uint64_t seed,
                 std::uint64_t count, int columns);

/** Groups of bars of shares. */
void drawShares(const std::filesystem::path& file, const SheetText& text, const std::string& xTitle,
                const std::string& yTitle, const std::vector<std::string>& categories,
                const std::vector<std::pair<std::string, std::vector<double>>>& series);

/** The chance of each pixel's likeliest colour, as a map. */
void drawSureness(const std::filesystem::path& file, const PixelModel& model);

} // namespace organum::training
