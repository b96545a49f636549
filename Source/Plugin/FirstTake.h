#pragma once

// The take with which a new instance opens, so that there is music to see and hear before anything
// is loaded. It was composed by a model that ships, see Assets/Music, and is compiled in.

#include "Plugin/Take.h"

namespace organum::plugin
{

/** Null when the asset cannot be read. Any thread but the audio thread. */
TakePointer firstTake();

} // namespace organum::plugin
