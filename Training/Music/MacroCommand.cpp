// The front door to macros for bundles that exist.

#include "Training/Device.h"
#include "Training/Music/MacroSearch.h"
#include "Training/Run/Provenance.h"
#include "Training/Training.h"

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
    bundle::writeBundle(options.output, made);
    const auto provenance = nlohmann::ordered_json::parse(made.metadata.provenance);
    return recordText(provenance.at("macros"));
}

} // namespace organum::training
