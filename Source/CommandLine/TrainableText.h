#pragma once

// What can be trained, as text for `organum list` and `organum train NAME --help`.

#include "Training/Training.h"

#include <string>

namespace organum::commandline
{

/** Name, title, data, size, an example, recipes and settings, a line each. */
std::string trainableText(const training::ListedModel& model);

} // namespace organum::commandline
