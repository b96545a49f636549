#pragma once

// Whether a direction does what it is named for: music of fresh seeds, composed at five places of a
// knob, is measured and compared piece by piece.

#include "Engine/Macros.h"
#include "Training/Music/MacroSearch.h"
#include "Training/Music/MacroStatistics.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <memory>
#include <string>

namespace organum::training
{

struct CandidateMacro
{
    const MacroStatistic* statistic = nullptr;
    engine::Macro macro; ///< gets means and meaning when it is checked
    std::string vectors; ///< which ones it moves
    double length = 0;   ///< of its direction
    double spread = 0;   ///< standard deviation of the statistic over pieces

    // What the check found.
    std::array<MeasuredStatistic, engine::Macro::positions> measured{};
    double leastRise = 0;             ///< of the steps between places, over its standard error
    double wholeRise = 0;             ///< from end to end, over its standard error
    std::array<Soundness, 3> sound{}; ///< at -1, 0 and 1
    bool passed = false;

    nlohmann::ordered_json record() const;
};

using ModelOfMacros =
    std::function<std::shared_ptr<const engine::Model>(const std::vector<engine::Macro>&)>;

/** Fills in what is found. A candidate that rises, but not all the way, since a statistic has its
    limits, or is not sound at an end, is narrowed to seven tenths and checked again on other seeds,
    three times at most. */
void checkMacros(std::vector<CandidateMacro>& candidates, const ModelOfMacros& modelOf,
                 const MacroRecipe& recipe, std::uint64_t seed, Progress& progress);

} // namespace organum::training
