#include "Training/Wrodl/WrodlPictures.h"

#include "Picture/Avatar.h"
#include "Picture/BarChart.h"
#include "Picture/HeatMap.h"
#include "Picture/ImageGrid.h"
#include "Picture/Png.h"

#include <algorithm>

namespace organum::training
{
namespace
{

constexpr float cell = 104;       ///< points
constexpr int portraitSide = 416; ///< pixels: sharp at twice the cell's size

juce::Image portrait(const Style& style, int side)
{
    return picture::drawAvatar({style[0], style[1], style[2], style[3], style[4]}, side);
}

juce::Image imageOf(const IndexedPicture& pixels, const Palette& palette)
{
    juce::Image image(juce::Image::RGB, pictureSide, pictureSide, true, juce::SoftwareImageType());
    const juce::Image::BitmapData data(image, juce::Image::BitmapData::writeOnly);
    for (int y = 0; y < pictureSide; ++y)
        for (int x = 0; x < pictureSide; ++x)
            data.setPixelColour(
                x, y,
                juce::Colour(0xFF000000u |
                             palette[pixels[static_cast<std::size_t>(y * pictureSide + x)]]));
    return image;
}

void saveGrid(const std::filesystem::path& file, const std::vector<juce::Image>& images,
              const SheetText& text, int columns, const std::vector<std::string>& captions)
{
    picture::ImageGridOptions options;
    options.text.title = text.title;
    options.text.subtitle = text.subtitle;
    options.columns = columns;
    options.cell = cell;
    options.captions = captions;
    picture::savePng(picture::imageGrid(images, options), file);
}

} // namespace

std::vector<std::vector<std::uint32_t>> drawPortraits(const std::vector<Style>& styles)
{
    std::vector<std::vector<std::uint32_t>> portraits;
    for (const auto& style : styles) {
        const auto image = portrait(style, pictureSide);
        std::vector<std::uint32_t> pixels;
        for (int y = 0; y < pictureSide; ++y)
            for (int x = 0; x < pictureSide; ++x)
                pixels.push_back(image.getPixelAt(x, y).getARGB() & 0xFFFFFFu);
        portraits.push_back(std::move(pixels));
    }
    return portraits;
}

void drawStyleSheet(const std::filesystem::path& file, const std::vector<Style>& styles,
                    const SheetText& text, int columns, const std::vector<std::string>& captions)
{
    std::vector<juce::Image> images;
    for (const auto& style : styles)
        images.push_back(portrait(style, portraitSide));
    saveGrid(file, images, text, columns, captions);
}

void drawPixelSheet(const std::filesystem::path& file, const std::vector<IndexedPicture>& pictures,
                    const Palette& palette, const SheetText& text, int columns)
{
    std::vector<juce::Image> images;
    for (const auto& pixels : pictures)
        images.push_back(imageOf(pixels, palette));
    saveGrid(file, images, text, columns, {});
}

void drawSamples(const std::filesystem::path& file, const WrodlModel& model, std::uint64_t seed,
                 std::uint64_t count, int columns)
{
    const SheetText text{model.name, "seed " + std::to_string(seed)};
    if (model.pixels) {
        std::vector<IndexedPicture> pictures;
        for (std::uint64_t n = 0; n < count; ++n)
            pictures.push_back(model.pixels->draw(seed, n));
        drawPixelSheet(file, pictures, model.palette, text, columns);
        return;
    }
    const auto styles = drawStyles(model, seed, count);
    std::vector<std::string> captions;
    for (const auto& style : styles) {
        const auto& all = inhabitants();
        captions.push_back(std::find(all.begin(), all.end(), style) != all.end() ? "one of the 50"
                                                                                 : "new");
    }
    drawStyleSheet(file, styles, text, columns, captions);
}

void drawShares(const std::filesystem::path& file, const SheetText& text, const std::string& xTitle,
                const std::string& yTitle, const std::vector<std::string>& categories,
                const std::vector<std::pair<std::string, std::vector<double>>>& series)
{
    std::vector<picture::BarSeries> bars;
    for (const auto& [name, values] : series)
        bars.push_back({name, values});
    picture::BarChartOptions options;
    options.text = {text.title, text.subtitle, xTitle, yTitle};
    picture::savePng(picture::barChart(categories, bars, options), file);
}

void drawSureness(const std::filesystem::path& file, const PixelModel& model)
{
    picture::Matrix matrix(pictureSide, pictureSide);
    for (int y = 0; y < pictureSide; ++y)
        for (int x = 0; x < pictureSide; ++x)
            matrix.at(y, x) = static_cast<float>(model.surest(y * pictureSide + x));
    picture::HeatMapOptions options;
    options.text = {"Where the fifty portraits agree",
                    "The share of each pixel's likeliest colour: certain where dark",
                    "column of pixels", "row of pixels"};
    options.scaleTitle = "share";
    options.high = 1.0f;
    picture::savePng(picture::heatMap(matrix, options), file);
}

} // namespace organum::training
