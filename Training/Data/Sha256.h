#pragma once

// SHA-256 (FIPS 180-4): says in a bundle exactly which files it was trained on.

#include <cstddef>
#include <filesystem>
#include <string>

namespace organum::training
{

/** 64 lower-case hexadecimal digits. */
std::string sha256(const void* bytes, std::size_t size);
/** Of a file's bytes; throws std::runtime_error when it cannot be read. */
std::string sha256OfFile(const std::filesystem::path& file);

} // namespace organum::training
