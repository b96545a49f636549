#pragma once

// The report on a network of several voices: the six panels of the book's figure 7.16, how one idea
// glides into another, and the course of its training.

#include "Training/Training.h"

namespace organum::training
{

/** See report(). `file` is the model's bundle. */
std::vector<std::filesystem::path>
reportVoices(const ReportOptions& options, const std::filesystem::path& file, Progress& progress);

} // namespace organum::training
