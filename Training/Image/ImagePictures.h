#pragma once

// The pictures of image models' reports, drawn by Source/Picture; a build without graphics draws
// none (see canDraw() in Report/Pictures.h). No LibTorch type, so that JUCE and LibTorch never meet
// in one file; Image/Planes.h converts.

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace organum::training
{

/** Images of one size, [count, channels, height, width] in 0..1, channels 1 or 3. */
struct Planes
{
    int count = 0;
    int channels = 1;
    int height = 0;
    int width = 0;
    std::vector<float> values;
};

struct PictureText
{
    std::string title;
    std::string subtitle;
    std::string xTitle;
    std::string yTitle;
};

/** A row is `columns` images; `captions` are empty or one for each image; `cell` is in points. All
    functions write a PNG and throw std::exception when that fails. */
void drawImages(const std::filesystem::path& file, const Planes& images, const PictureText& text,
                int columns, float cell, const std::vector<std::string>& captions = {});

/** Points of a class. */
struct NamedPoints
{
    std::string name;
    std::vector<std::pair<double, double>> points;
};

/** Axes show low..high where low < high, else what the points take. */
void drawScatter(const std::filesystem::path& file, const std::vector<NamedPoints>& groups,
                 const PictureText& text, double low = 0.0, double high = 0.0);

/** Lines over x, which counts whole things as epochs are; on a logarithmic axis what is not above 0
 * is a gap. */
void drawLines(const std::filesystem::path& file, const std::vector<NamedPoints>& lines,
               const PictureText& text, bool logarithmic = false);

/** Small histograms, ten a row, each with the standard normal's curve. */
void drawHistograms(const std::filesystem::path& file,
                    const std::vector<std::vector<double>>& panels,
                    const std::vector<std::string>& names, const PictureText& text);

/** A square table of shares 0..1 as coloured cells; `text.xTitle` names the scale. */
void drawTable(const std::filesystem::path& file, int side, const std::vector<float>& shares,
               const std::vector<std::string>& names, const PictureText& text);

} // namespace organum::training
