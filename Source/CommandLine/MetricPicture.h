#pragma once

// The comparison of `organum metrics` as a picture.

#include "CommandLine/MetricTable.h"
#include "CommandLine/OutputSet.h"

#include <filesystem>

namespace organum::commandline
{

/** Stages a PNG. Without a reference there is nothing to compare, and a build without pictures
    cannot draw: then nothing is staged and the answer is false. */
bool stageMetricPicture(OutputSet& outputs, const Comparison& comparison,
                        const std::filesystem::path& file);

} // namespace organum::commandline
