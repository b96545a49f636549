#include "CommandLine/MetricPicture.h"

#include "Picture/Png.h"
#include "Picture/RatioChart.h"

#include <cmath>

namespace organum::commandline
{
namespace
{

std::string cellText(const analysis::Figure* figure)
{
    return figure != nullptr && std::isfinite(figure->value)
               ? numberText(figure->value, figure->decimals)
               : "–";
}

picture::RatioRow rowFrom(const Comparison& comparison, const analysis::Figure& row)
{
    picture::RatioRow made;
    made.label = row.item.empty() ? "" : row.item;
    made.referenceText = cellText(findFigure(*comparison.reference, row.key, row.item));
    for (const auto& set : comparison.sets) {
        const auto* figure = findFigure(set, row.key, row.item);
        const auto ratio = figure != nullptr ? ratioTo(comparison, *figure) : std::nullopt;
        made.values.push_back({cellText(figure), ratio});
    }
    return made;
}

} // namespace

bool stageMetricPicture(OutputSet& outputs, const Comparison& comparison,
                        const std::filesystem::path& file)
{
    if (!comparison.reference)
        return false;
    picture::RatioChartOptions options;
    options.title = "Music against its reference";
    options.subtitle = comparison.reference->set.name;
    if (comparison.cutBars > 0)
        options.subtitle += ", all cut into pieces of " + std::to_string(comparison.cutBars) +
                            (comparison.cutBars == 1 ? " bar" : " bars");
    for (const auto& set : comparison.sets)
        options.series.push_back(set.set.name);
    std::vector<picture::RatioGroup> groups;
    std::string key;
    for (const auto& row : rowsOf(comparison)) {
        if (groups.empty() || row.key != key)
            groups.push_back({row.title + (row.unit.empty() ? "" : " (" + row.unit + ")"), {}});
        key = row.key;
        groups.back().rows.push_back(rowFrom(comparison, row));
    }
    picture::savePng(picture::ratioChart(groups, options), outputs.stage(file));
    return true;
}

} // namespace organum::commandline
