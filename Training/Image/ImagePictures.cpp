#include "Training/Image/ImagePictures.h"

#include "Picture/Curves.h"
#include "Picture/HeatMap.h"
#include "Picture/Histograms.h"
#include "Picture/ImageGrid.h"
#include "Picture/Png.h"
#include "Picture/Scatter.h"

namespace organum::training
{
namespace
{

picture::ChartText chartText(const PictureText& text)
{
    return {text.title, text.subtitle, text.xTitle, text.yTitle};
}

} // namespace

void drawImages(const std::filesystem::path& file, const Planes& images, const PictureText& text,
                int columns, float cell, const std::vector<std::string>& captions)
{
    std::vector<juce::Image> list;
    const auto size = images.channels * images.height * images.width;
    for (int i = 0; i < images.count; ++i) {
        const auto from = images.values.begin() + static_cast<std::ptrdiff_t>(i) * size;
        list.push_back(picture::imageFromPlanes({from, from + size}, images.channels, images.height,
                                                images.width));
    }
    picture::ImageGridOptions options;
    options.text = chartText(text);
    options.columns = columns;
    options.cell = cell;
    options.captions = captions;
    picture::savePng(picture::imageGrid(list, options), file);
}

void drawScatter(const std::filesystem::path& file, const std::vector<NamedPoints>& groups,
                 const PictureText& text, double low, double high)
{
    std::vector<picture::PointGroup> points;
    for (const auto& group : groups)
        points.push_back({group.name, group.points});
    picture::ScatterOptions options;
    options.text = chartText(text);
    options.low = low;
    options.high = high;
    picture::savePng(picture::scatter(points, options), file);
}

void drawLines(const std::filesystem::path& file, const std::vector<NamedPoints>& lines,
               const PictureText& text, bool logarithmic)
{
    std::vector<picture::Series> series;
    for (const auto& line : lines)
        series.push_back({line.name, line.points, false});
    picture::CurveOptions options;
    options.text = chartText(text);
    options.logarithmic = logarithmic;
    options.x = picture::Scale::counted;
    picture::savePng(picture::curves(series, options), file);
}

void drawHistograms(const std::filesystem::path& file,
                    const std::vector<std::vector<double>>& panels,
                    const std::vector<std::string>& names, const PictureText& text)
{
    picture::HistogramOptions options;
    options.text = chartText(text);
    options.names = names;
    picture::savePng(picture::histograms(panels, options), file);
}

void drawTable(const std::filesystem::path& file, int side, const std::vector<float>& shares,
               const std::vector<std::string>& names, const PictureText& text)
{
    picture::HeatMapOptions options;
    options.text = {text.title, text.subtitle, "", ""};
    options.rowLabels = options.columnLabels = names;
    options.scaleTitle = text.xTitle;
    options.high = 1.0f;
    picture::savePng(picture::heatMap(picture::Matrix(side, side, shares), options), file);
}

} // namespace organum::training
