#pragma once

// What must hold for whatever bytes are read as MIDI; used by the mutation test and the fuzzer.

#include <cstddef>
#include <cstdint>

namespace organum::test
{

/** Reads, checks the score's promises, chordifies, notates, writes and reads again. Returns the
   number of notes, or -1 when the bytes were refused with a MidiFileError; anything else is thrown
   on. */
long readAnything(const std::uint8_t* bytes, std::size_t size);

} // namespace organum::test
