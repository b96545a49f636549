#pragma once

// From the options of `generate` and `play` to takes: what both commands do between their options
// and their files or ports.

#include "CommandLine/Composer.h"
#include "CommandLine/GenerateOptions.h"
#include "CommandLine/ModelDescription.h"

#include <functional>
#include <string>
#include <vector>

namespace organum::commandline
{

/** "6/8". */
std::string metreText(const Primer& primer);
/** Of the new music, without the primer. */
score::Quarters newLength(const GenerateOptions& options, const Primer& primer);

/** options.variations takes over the progression, which may be empty; `explain` asks for chances
   and attention too. Says on standard error what goes on when it takes more than a second.
   `stopIfAsked` may throw to end it. */
std::vector<Take> composeTakes(Composer& composer, const GenerateOptions& options,
                               const Primer& primer, const ModelDescription& model,
                               const score::ChordProgression& progression, bool explain,
                               const std::function<void()>& stopIfAsked);

} // namespace organum::commandline
