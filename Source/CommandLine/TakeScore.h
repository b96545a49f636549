#pragma once

// A take as a score: title, instrument, tempo, metre and key around its notes.

#include "CommandLine/Composer.h"
#include "CommandLine/GenerateOptions.h"
#include "CommandLine/ModelDescription.h"

namespace organum::commandline
{

/** What was asked for; else the primer's, the one the model learnt from, a church organ for
    voices, a piano. */
int programOf(const GenerateOptions& options, const Primer& primer, const ModelDescription& model);

/** One part, or one a voice; the primer before it when that was asked for. */
score::Score scoreFrom(const Take& take, const Primer& primer, const GenerateOptions& options,
                       const std::string& title, const ModelDescription& model);

} // namespace organum::commandline
