#pragma once

// What a bundle says about itself, for people: on what it was trained, under which licence, how
// well it does. Read from its header only, without LibTorch.

#include "Plugin/ModelList.h"

#include <string>
#include <utility>
#include <vector>

namespace organum::plugin
{

/** Name and value of each fact, in the order in which they are read; a fact that a bundle does not
    tell is left out. Reads the file's header: any thread but message and audio threads. */
std::vector<std::pair<std::string, std::string>> detailsOf(const ModelEntry& model);

} // namespace organum::plugin
