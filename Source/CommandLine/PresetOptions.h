#pragma once

// The plugin's presets on the command line: the same settings, so that what a preset composes can
// be measured.

#include "CommandLine/GenerateOptions.h"

namespace organum::commandline
{

/** What was typed, and where nothing was typed what the preset says; as it is without --preset.
    Seeds that a preset leaves out are --seed's. Throws Failure for a preset that is unknown,
   damaged or out of range. */
GenerateOptions withPreset(const GenerateOptions& typed, const CLI::App& command);

} // namespace organum::commandline
