#include "Picture/RatioChart.h"

#include "Picture/Colours.h"
#include "Picture/Fonts.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace organum::picture
{
namespace
{

constexpr float margin = 20.0f;
constexpr float rowHeight = 19.0f;
constexpr float groupGap = 7.0f;
constexpr float indent = 14.0f;
constexpr float columnWidth = 92.0f;
constexpr float pointSize = 9.0f;
constexpr float around = 158.0f; ///< height of everything but the rows
const juce::Colour nearColour{0xFFE4F1EA};

/** One line of the sheet: a group's title, a row, or both in one. */
struct Line
{
    std::string label;
    bool isTitle = false;
    bool startsGroup = false;
    const RatioRow* row = nullptr;
};

std::vector<Line> linesOf(const std::vector<RatioGroup>& groups)
{
    std::vector<Line> lines;
    for (const auto& group : groups) {
        if (group.rows.size() == 1) {
            const auto& row = group.rows.front();
            lines.push_back({row.label.empty() ? group.title : group.title + ", " + row.label, true,
                             true, &row});
            continue;
        }
        lines.push_back({group.title, true, true, nullptr});
        for (const auto& row : group.rows)
            lines.push_back({row.label, false, false, &row});
    }
    return lines;
}

/** The least of a few limits that holds nine in ten of the points. */
double limitFor(const std::vector<RatioGroup>& groups)
{
    std::vector<double> distances;
    for (const auto& group : groups)
        for (const auto& row : group.rows)
            for (const auto& value : row.values)
                if (value.ratio && *value.ratio > 0)
                    distances.push_back(std::max(*value.ratio, 1.0 / *value.ratio));
    std::sort(distances.begin(), distances.end());
    const auto wanted = distances.empty() ? 1.0 : distances[(distances.size() - 1) * 9 / 10];
    for (const auto limit : {1.25, 1.5, 2.0, 3.0})
        if (wanted <= limit * 0.97)
            return limit;
    return 4.0;
}

std::vector<Mark> marksFor(double limit)
{
    std::vector<Mark> marks;
    for (const auto& mark : std::vector<Mark>{{0.25, "0.25"},
                                              {1 / 3.0, "0.33"},
                                              {0.5, "0.5"},
                                              {2 / 3.0, "0.67"},
                                              {0.8, "0.8"},
                                              {0.9, "0.9"},
                                              {1, "1"},
                                              {1.1, "1.1"},
                                              {1.25, "1.25"},
                                              {1.5, "1.5"},
                                              {2, "2"},
                                              {3, "3"},
                                              {4, "4"}}) {
        const bool fine = std::abs(mark.value - 0.9) < 0.01 || std::abs(mark.value - 1.1) < 0.01;
        const bool inside = mark.value >= 0.999 / limit && mark.value <= 1.001 * limit;
        if (inside && (!fine || limit < 1.6))
            marks.push_back(mark);
    }
    return marks;
}

class Painter
{
public:
    Painter(const std::vector<RatioGroup>& groups, const RatioChartOptions& optionsIn)
        : options(optionsIn)
        , lines(linesOf(groups))
        , chart(options.width, heightOf(lines))
        , limit(limitFor(groups))
        , range{1.0 / limit, limit, true}
    {
    }

    juce::Image paint()
    {
        float labels = 60.0f;
        for (const auto& line : lines)
            labels = std::max(labels, textWidth(fontOf(line), utf8(line.label)) +
                                          (line.isTitle ? 0.0f : indent));
        columns = columnWidth * static_cast<float>(options.series.size() + 1);
        chart.layOut({options.title, options.subtitle, "value / reference", ""},
                     std::min(labels + 4.0f, options.width * 0.4f), 15.0f, columns);
        chart.reserveLegend();
        const auto plot = chart.plot();
        auto& graphics = chart.graphics();
        drawSeparators();
        const auto left = xOf(0.9), right = xOf(1.1);
        graphics.setColour(nearColour);
        graphics.fillRect(left, plot.getY(), right - left, plot.getHeight());
        chart.drawXMarks(range, marksFor(limit), true);
        graphics.setColour(colours::quietInk);
        graphics.fillRect(xOf(1.0) - 0.75f, plot.getY(), 1.5f, plot.getHeight());
        drawHeads();
        auto y = plot.getY();
        for (const auto& line : lines) {
            y += line.startsGroup ? groupGap : 0.0f;
            drawLine(line, y);
            y += rowHeight;
        }
        chart.drawFrame();
        return chart.image();
    }

private:
    static float heightOf(const std::vector<Line>& lines)
    {
        float height = around + groupGap;
        for (const auto& line : lines)
            height += rowHeight + (line.startsGroup ? groupGap : 0.0f);
        return height;
    }

    juce::Font fontOf(const Line& line) const
    {
        return line.isTitle ? boldFont(13.0f) : chart.labelFont();
    }

    float xOf(double ratio) const
    {
        const auto plot = chart.plot();
        return plot.getX() + static_cast<float>(range.fractionOf(ratio)) * plot.getWidth();
    }

    juce::Rectangle<float> cell(std::size_t column, float y) const
    {
        return {chart.plot().getRight() + columnWidth * static_cast<float>(column), y,
                columnWidth - 2.0f, rowHeight};
    }

    void drawHeads()
    {
        const auto y = chart.plot().getY() - Chart::legendHeight;
        const auto font = boldFont(13.0f);
        const auto head = [&](std::size_t column, const std::string& name) {
            chart.drawText(font, colours::quietInk,
                           fittedText(font, utf8(name), columnWidth - 8.0f),
                           cell(column, y).withHeight(15.0f), juce::Justification::centredRight);
        };
        head(0, "reference");
        std::vector<LegendEntry> legend;
        for (std::size_t s = 0; s < options.series.size(); ++s) {
            head(s + 1, options.series[s]);
            legend.push_back({options.series[s], seriesColour(static_cast<int>(s))});
        }
        legend.push_back({"within a tenth of the reference", nearColour});
        chart.drawLegendAbove(legend);
    }

    void drawSeparators()
    {
        auto y = chart.plot().getY();
        for (const auto& line : lines) {
            y += line.startsGroup ? groupGap : 0.0f;
            if (line.startsGroup) {
                chart.graphics().setColour(colours::grid);
                chart.graphics().fillRect(margin, y - groupGap / 2.0f,
                                          options.width - 2.0f * margin, 1.0f);
            }
            y += rowHeight;
        }
    }

    void drawLine(const Line& line, float y)
    {
        const auto plot = chart.plot();
        const auto left = margin + (line.isTitle ? 0.0f : indent);
        const auto room = plot.getX() - 6.0f - left;
        const auto font = fontOf(line);
        chart.drawText(font, colours::ink, fittedText(font, utf8(line.label), room),
                       {left, y, room, rowHeight}, juce::Justification::centredLeft);
        if (line.row == nullptr)
            return;
        chart.drawText(chart.labelFont(), colours::quietInk, utf8(line.row->referenceText),
                       cell(0, y), juce::Justification::centredRight);
        for (std::size_t s = 0; s < line.row->values.size(); ++s) {
            const auto& value = line.row->values[s];
            chart.drawText(chart.labelFont(), colours::ink, utf8(value.text), cell(s + 1, y),
                           juce::Justification::centredRight);
            if (value.ratio)
                drawPoint(*value.ratio, s, y + rowHeight / 2.0f);
        }
    }

    void drawPoint(double ratio, std::size_t series, float y)
    {
        auto& graphics = chart.graphics();
        const auto plot = chart.plot();
        const auto count = static_cast<float>(options.series.size());
        // Several sets stand a little apart, so that equal points are all seen.
        const auto spread =
            count > 1 ? std::min(4.0f, (rowHeight - pointSize) / (count - 1)) : 0.0f;
        const auto middle = y + spread * (static_cast<float>(series) - (count - 1) / 2.0f);
        const auto colour = seriesColour(static_cast<int>(series));
        const bool low = ratio<range.low, high = ratio> range.high;
        const auto x = low ? plot.getX() + 7.0f : high ? plot.getRight() - 7.0f : xOf(ratio);
        const auto one = xOf(1.0);
        graphics.setColour(colour.withAlpha(0.35f));
        graphics.fillRect(std::min(x, one), middle - 1.0f, std::abs(x - one), 2.0f);
        graphics.setColour(colour);
        if (!low && !high) {
            graphics.fillEllipse(
                juce::Rectangle<float>(pointSize, pointSize).withCentre({x, middle}));
            return;
        }
        const auto tip = low ? -6.0f : 6.0f;
        juce::Path arrow;
        arrow.addTriangle(x + tip, middle, x - tip / 2.0f, middle - 5.0f, x - tip / 2.0f,
                          middle + 5.0f);
        graphics.fillPath(arrow);
    }

    const RatioChartOptions& options;
    std::vector<Line> lines;
    Chart chart;
    double limit;
    AxisRange range;
    float columns = 0;
};

} // namespace

juce::Image ratioChart(const std::vector<RatioGroup>& groups, const RatioChartOptions& options)
{
    for (const auto& group : groups)
        for (const auto& row : group.rows)
            if (row.values.size() != options.series.size())
                throw std::invalid_argument("The row '" + group.title + " " + row.label + "' has " +
                                            std::to_string(row.values.size()) + " values for " +
                                            std::to_string(options.series.size()) + " sets.");
    return Painter(groups, options).paint();
}

} // namespace organum::picture
