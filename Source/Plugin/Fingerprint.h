#pragma once

// Tells one bundle from another of the same name: a take remembers the fingerprint of the bundle
// that wrote it.

#include <cstdint>
#include <filesystem>

namespace organum::plugin
{

/** 64-bit FNV-1a of the whole file, never 0 unless it cannot be read. Kept for a file until its
    size or time changes: the first call reads it (10 MB in about 15 ms). Not for the audio or
    message thread. */
std::uint64_t fingerprintOf(const std::filesystem::path& file);

} // namespace organum::plugin
