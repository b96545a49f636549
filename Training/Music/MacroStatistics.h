#pragma once

// What macros move, as `organum metrics` measures it, and music composed to be measured.

#include "Analysis/Figures.h"
#include "Engine/Model.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace organum::training
{

struct MacroStatistic
{
    std::string name;    ///< of the macro
    std::string meaning; ///< "Notes a bar, all voices"
    std::string figure;  ///< its key in `organum metrics`
    int decimals = 1;
    double (*measure)(const analysis::Pieces& pieces) = nullptr; ///< NaN: nothing to measure
};

/** In the order in which a bundle has them. */
const std::vector<MacroStatistic>& macroStatistics();

/** Mean, spread and standard error of a statistic over pieces, each measured alone. */
struct MeasuredStatistic
{
    double mean = 0, deviation = 0, error = 0;
};
MeasuredStatistic measuredOver(const MacroStatistic& statistic, const analysis::Pieces& pieces);

/** Of each piece alone; pieces in which there is nothing to measure are NaN. */
std::vector<double> measuredEach(const MacroStatistic& statistic, const analysis::Pieces& pieces);

/** Values of a request's macros. */
using MacroValues = std::array<double, engine::VoiceWishes::macroCount>;

/** One piece of so many bars a seed, with the product's own decoder settings. */
analysis::Pieces compose(const engine::Model& model, const std::vector<std::uint64_t>& seeds,
                         int bars, const MacroValues& values = {});

/** Seeds for a purpose; those of different purposes have nothing to do with each other. */
std::vector<std::uint64_t> macroSeeds(const std::string& purpose, std::uint64_t seed, int count);

/** What musical quality asks of music, whatever a macro moves. */
struct Soundness
{
    double scaleConsistency = 0; ///< of pieces, mean
    double emptyPercent = 0;     ///< of the voice with the most empty bars
    double parallels = 0;        ///< fifths and octaves in 100 bars

    static Soundness of(const analysis::Pieces& pieces);
    /** Within the aims (scale consistency at least 0.91, fewer than 0.5 % empty bars, at most 8
        parallels), or, where `plain` is not, hardly worse than it. */
    bool holdsBeside(const Soundness& plain) const;
};

} // namespace organum::training
