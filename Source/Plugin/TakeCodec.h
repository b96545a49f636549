#pragma once

// A take as bytes of a saved state.

#include "Plugin/Take.h"

#include <cstdint>
#include <string>

namespace organum::plugin
{

class ByteReader;
class ByteWriter;

/** In the layout of State::version: the number of bytes below, then these, deflated:
    a byte of flags (1: starred), then text, numbers and notes, about five bytes a note. An
    edited note has the highest bit beside its velocity. */
std::string encodeTake(const Take& take);

/** All but the model and the harmony. */
void encodeSettings(ByteWriter& writer, const Settings& settings);
/** Ranges are not checked, see isInRange(). Throws StateError where the bytes end too early. */
Settings decodeSettings(ByteReader& reader);

/** Reads the layout of that version of the state; throws StateError. */
TakePointer decodeTake(const std::string& bytes, std::uint32_t version);

/** The same for a take that is not deflated any more. */
TakePointer readTake(const std::string& bytes, std::uint32_t version);

} // namespace organum::plugin
