#pragma once

// What chapter 1 of the book shows of its models: tables 1.1 to 1.3 and figures 1.7 to 1.10.

#include "Training/Training.h"

namespace organum::training
{

class Progress;

/** training::report() for the three models of planet Wrodl. */
std::vector<std::filesystem::path> reportWrodl(const ReportOptions& options, Progress& progress);

} // namespace organum::training
