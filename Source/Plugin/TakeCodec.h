#pragma once

// A take as bytes of a saved state.

#include "Plugin/Take.h"

#include <cstdint>
#include <string>

namespace organum::plugin
{

/** In the layout of State::version. */
std::string encodeTake(const Take& take);

/** Reads the layout of that version of the state; throws StateError. */
TakePointer decodeTake(const std::string& bytes, std::uint32_t version);

} // namespace organum::plugin
