#pragma once

// The figures of several sets side by side, as text and as JSON.

#include "Analysis/Figures.h"
#include "CommandLine/MetricSets.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace organum::commandline
{

struct MeasuredSet
{
    MetricSet set; ///< its pieces as they were measured, perhaps cut
    analysis::Measures measures;
    std::vector<analysis::Figure> figures;
    std::size_t tooShort = 0; ///< pieces left out by cutting
    double barsLeftOut = 0;
};

struct Comparison
{
    std::optional<MeasuredSet> reference;
    analysis::Pieces searched; ///< where copies were looked for, whole pieces; empty: nowhere
    std::vector<MeasuredSet> sets;
    int cutBars = 0; ///< 0: pieces as they are
};

/** The figure of that key and item; null when the set has none. */
const analysis::Figure* findFigure(const MeasuredSet& set, const std::string& key,
                                   const std::string& item);

/** value / reference; nothing for totals, when either is missing or the reference is 0. */
std::optional<double> ratioTo(const Comparison& comparison, const analysis::Figure& figure);

/** One row for each figure that any set has, the reference's first. */
std::vector<analysis::Figure> rowsOf(const Comparison& comparison);

std::string numberText(double value, int decimals);

std::string tableText(const Comparison& comparison);
nlohmann::json toJson(const Comparison& comparison);

} // namespace organum::commandline
