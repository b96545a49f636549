#pragma once

// The 36 movements of Bach's cello suites as they were sequenced by David J. Grossman: the one set
// of many files, and so a file of its own.

#include "Training/Datasets/Catalogue.h"

namespace organum::datasets
{

std::vector<CataloguedFile> celloSuites();

} // namespace organum::datasets
