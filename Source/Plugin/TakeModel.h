#pragma once

// Which of the installed models wrote a take.

#include "Plugin/ModelList.h"
#include "Plugin/Take.h"

#include <optional>

namespace organum::plugin
{

/** Its place in the list; empty when it is not there. Of several that go by the take's name it is
    the one with the take's fingerprint, else the one that is listed under this very name. Reads
    files of that name, once: any thread but the audio thread. */
std::optional<int> modelOf(const Take& take, const ModelEntries& models);

} // namespace organum::plugin
