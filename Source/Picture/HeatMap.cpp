#include "Picture/HeatMap.h"

#include "Picture/Colours.h"
#include "Picture/Fonts.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace organum::picture
{
namespace
{

void checkLabels(const std::vector<std::string>& labels, int count, const char* what)
{
    if (!labels.empty() && labels.size() != static_cast<std::size_t>(count))
        throw std::invalid_argument("A heat map with " + std::to_string(count) + " " + what +
                                    " was given " + std::to_string(labels.size()) +
                                    " labels for them.");
}

std::string labelOf(const std::vector<std::string>& labels, int index)
{
    return labels.empty() ? std::to_string(index + 1) : labels[static_cast<std::size_t>(index)];
}

/** Numbers are shown at 1, 5, 10 ... and names from the first on. */
bool isShown(const std::vector<std::string>& labels, int index, int step)
{
    if (step == 1)
        return true;
    return labels.empty() ? (index + 1) % step == 0 : index % step == 0;
}

float widestLabel(const std::vector<std::string>& labels, int count, const juce::Font& font)
{
    if (labels.empty())
        return textWidth(font, juce::String(count));
    float most = 0;
    for (const auto& label : labels)
        most = std::max(most, textWidth(font, utf8(label)));
    return most;
}

float largestOf(const Matrix& matrix, float low)
{
    float most = low;
    for (const auto value : matrix.values)
        if (std::isfinite(value))
            most = std::max(most, value);
    return most > low ? most : low + 1.0f;
}

class HeatMapPainter
{
public:
    HeatMapPainter(const Matrix& matrixIn, const HeatMapOptions& optionsIn)
        : matrix(matrixIn)
        , options(optionsIn)
        , cellWidth(std::clamp(900.0f / static_cast<float>(matrix.columns), 1.0f, 30.0f))
        , cellHeight(std::clamp(600.0f / static_cast<float>(matrix.rows), 1.0f, 18.0f))
        , font(textFont(13.0f))
        , high(options.high > options.low ? options.high : largestOf(matrix, options.low))
    {
    }

    juce::Image paint()
    {
        const auto rowWidth = std::min(110.0f, widestLabel(options.rowLabels, matrix.rows, font));
        const auto nameWidth =
            std::min(90.0f, widestLabel(options.columnLabels, matrix.columns, font));
        upright = options.columnLabels.empty() || nameWidth + 4.0f <= cellWidth;
        const auto bottom = upright ? 15.0f : nameWidth;
        const auto plotWidth = cellWidth * static_cast<float>(matrix.columns);
        const auto plotHeight = cellHeight * static_cast<float>(matrix.rows);
        const auto& text = options.text;
        const auto width = 40.0f + (text.yTitle.empty() ? 0.0f : 22.0f) + rowWidth + 9.0f +
                           std::max(plotWidth, 240.0f) + scaleWidth;
        const auto height = 40.0f + headHeight() + std::max(plotHeight, 90.0f) + bottom + 7.0f +
                            (text.xTitle.empty() ? 0.0f : 20.0f);
        Chart chart(width, height);
        chart.layOut(text, rowWidth, bottom, scaleWidth);
        plot = chart.plot().withWidth(plotWidth).withHeight(plotHeight);
        drawCells(chart);
        drawRowLabels(chart);
        drawColumnLabels(chart);
        chart.graphics().setColour(colours::frame);
        chart.graphics().drawRect(plot.expanded(1.0f), 1.0f);
        for (const auto& [row, column] : options.outlined)
            outline(chart, row, column);
        chart.drawColourScale(options.low, high, options.scaleTitle);
        return chart.image();
    }

private:
    float headHeight() const
    {
        const auto& text = options.text;
        return (text.title.empty() ? 0.0f : 26.0f) + (text.subtitle.empty() ? 0.0f : 20.0f) +
               (text.title.empty() && text.subtitle.empty() ? 0.0f : 12.0f);
    }

    juce::Rectangle<float> cell(int row, int column) const
    {
        const auto place = options.firstRowAtBottom ? matrix.rows - 1 - row : row;
        return {plot.getX() + cellWidth * static_cast<float>(column),
                plot.getY() + cellHeight * static_cast<float>(place), cellWidth, cellHeight};
    }

    void drawCells(Chart& chart) const
    {
        auto& graphics = chart.graphics();
        const float gap = std::min(cellWidth, cellHeight) >= 6.0f ? 0.5f : 0.0f;
        graphics.setColour(colours::faintGrid);
        graphics.fillRect(plot);
        for (int row = 0; row < matrix.rows; ++row)
            for (int column = 0; column < matrix.columns; ++column) {
                const auto value = matrix.at(row, column);
                graphics.setColour(amountColour((value - options.low) / (high - options.low)));
                graphics.fillRect(cell(row, column).withTrimmedRight(gap).withTrimmedBottom(gap));
            }
    }

    void outline(Chart& chart, int row, int column) const
    {
        if (row < 0 || row >= matrix.rows || column < 0 || column >= matrix.columns)
            return;
        const auto thickness = std::min(cellWidth, cellHeight) >= 8.0f ? 2.0f : 1.0f;
        chart.graphics().setColour(colours::highlight);
        chart.graphics().drawRect(cell(row, column).expanded(thickness / 2.0f), thickness);
    }

    void drawRowLabels(Chart& chart) const
    {
        const auto step = labelStep(matrix.rows, static_cast<int>(plot.getHeight() / 13.0f));
        for (int row = 0; row < matrix.rows; ++row) {
            if (!isShown(options.rowLabels, row, step))
                continue;
            const auto area = cell(row, 0);
            const bool shaded = std::find(options.shadedRows.begin(), options.shadedRows.end(),
                                          row) != options.shadedRows.end();
            chart.drawText(font, shaded ? colours::frame.darker(0.3f) : colours::quietInk,
                           fittedText(font, utf8(labelOf(options.rowLabels, row)), 110.0f),
                           {plot.getX() - 206.0f, area.getCentreY() - 8.0f, 200.0f, 16.0f},
                           juce::Justification::centredRight);
        }
    }

    void drawColumnLabels(Chart& chart) const
    {
        const auto needed =
            upright ? widestLabel(options.columnLabels, matrix.columns, font) + 8.0f : 13.0f;
        const auto step =
            labelStep(matrix.columns, std::max(1, static_cast<int>(plot.getWidth() / needed)));
        for (int column = 0; column < matrix.columns; ++column) {
            if (!isShown(options.columnLabels, column, step))
                continue;
            const auto x = cell(0, column).getCentreX();
            const auto label = fittedText(font, utf8(labelOf(options.columnLabels, column)), 90.0f);
            if (upright)
                chart.drawText(font, colours::quietInk, label,
                               {x - 50.0f, plot.getBottom() + 5.0f, 100.0f, 15.0f},
                               juce::Justification::centredTop);
            else
                chart.drawUpwards(font, colours::quietInk, label,
                                  {x - 8.0f, plot.getBottom() + 5.0f, 16.0f, 92.0f},
                                  juce::Justification::centredRight);
        }
    }

    static constexpr float scaleWidth = 96.0f;
    const Matrix& matrix;
    const HeatMapOptions& options;
    float cellWidth;
    float cellHeight;
    juce::Font font;
    float high;
    bool upright = true;
    juce::Rectangle<float> plot;
};

} // namespace

Matrix::Matrix(int rowsIn, int columnsIn)
    : rows(rowsIn)
    , columns(columnsIn)
{
    if (rows < 0 || columns < 0)
        throw std::invalid_argument("A matrix cannot have a negative number of rows or columns.");
    values.resize(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
}

Matrix::Matrix(int rowsIn, int columnsIn, std::vector<float> valuesIn)
    : Matrix(rowsIn, columnsIn)
{
    if (valuesIn.size() != values.size())
        throw std::invalid_argument("A matrix of " + std::to_string(rows) + " x " +
                                    std::to_string(columns) + " was given " +
                                    std::to_string(valuesIn.size()) + " values.");
    values = std::move(valuesIn);
}

Matrix Matrix::transposed() const
{
    Matrix turned(columns, rows);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            turned.at(column, row) = at(row, column);
    return turned;
}

juce::Image heatMap(const Matrix& matrix, const HeatMapOptions& options)
{
    if (matrix.rows < 1 || matrix.columns < 1)
        throw std::invalid_argument("A heat map needs at least one row and one column.");
    checkLabels(options.rowLabels, matrix.rows, "rows");
    checkLabels(options.columnLabels, matrix.columns, "columns");
    return HeatMapPainter(matrix, options).paint();
}

} // namespace organum::picture
