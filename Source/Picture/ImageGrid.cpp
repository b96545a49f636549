#include "Picture/ImageGrid.h"

#include "Picture/Colours.h"
#include "Picture/Fonts.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace organum::picture
{

juce::Image imageFromPlanes(const std::vector<float>& values, int channels, int height, int width)
{
    if ((channels != 1 && channels != 3) || height < 1 || width < 1 ||
        values.size() != static_cast<std::size_t>(channels) * static_cast<std::size_t>(height) *
                             static_cast<std::size_t>(width))
        throw std::invalid_argument("An image of " + std::to_string(channels) + " x " +
                                    std::to_string(height) + " x " + std::to_string(width) +
                                    " was given " + std::to_string(values.size()) +
                                    " values; channels must be 1 or 3.");
    juce::Image image(juce::Image::RGB, width, height, true, juce::SoftwareImageType());
    const auto plane = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    const auto level = [&](int channel, std::size_t pixel) {
        const auto value = values[static_cast<std::size_t>(channel) * plane + pixel];
        return static_cast<juce::uint8>(
            std::lround(255.0f * (std::isnan(value) ? 0.0f : std::clamp(value, 0.0f, 1.0f))));
    };
    const juce::Image::BitmapData pixels(image, juce::Image::BitmapData::writeOnly);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const auto pixel = static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                               static_cast<std::size_t>(x);
            const auto red = level(0, pixel);
            pixels.setPixelColour(x, y,
                                  channels == 1
                                      ? juce::Colour(red, red, red)
                                      : juce::Colour(red, level(1, pixel), level(2, pixel)));
        }
    return image;
}

juce::Image imageGrid(const std::vector<juce::Image>& images, const ImageGridOptions& options)
{
    if (images.empty() || options.columns < 1)
        throw std::invalid_argument("A grid of images needs at least one image and one column.");
    if (!options.captions.empty() && options.captions.size() != images.size())
        throw std::invalid_argument("A grid of " + std::to_string(images.size()) +
                                    " images was given " + std::to_string(options.captions.size()) +
                                    " captions.");
    const auto columns = std::min(options.columns, static_cast<int>(images.size()));
    const auto rows = (static_cast<int>(images.size()) + columns - 1) / columns;
    const float gap = 6.0f;
    const float caption = options.captions.empty() ? 0.0f : 17.0f;
    const auto& text = options.text;
    const float head = (text.title.empty() ? 0.0f : 26.0f) +
                       (text.subtitle.empty() ? 0.0f : 20.0f) +
                       (text.title.empty() && text.subtitle.empty() ? 0.0f : 12.0f);
    // A single image is narrower than what is said of it.
    const auto widest = std::max(textWidth(titleFont(), utf8(text.title)),
                                 textWidth(subtitleFont(), utf8(text.subtitle)));
    const auto wide = std::max(static_cast<float>(columns) * (options.cell + gap) - gap,
                               std::min(std::ceil(widest) + 2.0f, 700.0f));
    Chart chart(40.0f + wide,
                40.0f + head + static_cast<float>(rows) * (options.cell + gap + caption) - gap);
    chart.layOut({text.title, text.subtitle, "", ""}, 0, 0);
    auto& graphics = chart.graphics();
    for (int i = 0; i < static_cast<int>(images.size()); ++i) {
        const auto& image = images[static_cast<std::size_t>(i)];
        const int row = i / columns;
        const juce::Rectangle<float> cell(
            chart.plot().getX() + static_cast<float>(i % columns) * (options.cell + gap),
            chart.plot().getY() + static_cast<float>(row) * (options.cell + gap + caption),
            options.cell, options.cell);
        const bool enlarged =
            static_cast<float>(std::max(image.getWidth(), image.getHeight())) < options.cell;
        graphics.setImageResamplingQuality(enlarged ? juce::Graphics::lowResamplingQuality
                                                    : juce::Graphics::highResamplingQuality);
        graphics.setOpacity(1.0f);
        graphics.drawImage(image, cell, juce::RectanglePlacement::centred);
        if (caption > 0) {
            const auto font = textFont(12.0f);
            const auto words = utf8(options.captions[static_cast<std::size_t>(i)]);
            chart.drawText(font, colours::quietInk, fittedText(font, words, options.cell),
                           cell.withY(cell.getBottom() + 1.0f).withHeight(15.0f),
                           juce::Justification::centred);
        }
    }
    return chart.image();
}

} // namespace organum::picture
