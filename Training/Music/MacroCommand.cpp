// The front door to macros for bundles that exist.

#include "Training/Device.h"
#include "Training/Music/MacroSearch.h"
#include "Training/Run/Provenance.h"
#include "Training/Training.h"

#include <algorithm>

namespace organum::training
{

std::string findMacros(const MacroOptions& options, Progress& progress)
{
    // One thread, so that the figures are those of a run whatever the machine.
    chooseDevice("cpu", 1);
    MacroRecipe recipe;
    recipe.pieces = options.pieces;
    recipe.checks = options.checks;
    const auto made = withMacros(bundle::readBundle(options.model), recipe, options.seed, progress);
    const auto provenance = nlohmann::ordered_json::parse(made.metadata.provenance);
    const auto& macros = provenance.at("macros");
    const auto& tried = macros.at("tried");
    // A bundle without knobs, perhaps in place of one that had some, is nothing anybody wants.
    if (std::any_of(tried.begin(), tried.end(),
                    [](const auto& each) { return each.at("kept").template get<bool>(); }))
        bundle::writeBundle(options.output, made);
    return recordText(macros);
}

} // namespace organum::training
