#pragma once

#include <filesystem>

namespace organum::test
{

/** Writes a small network with random weights. */
void writeTinyBundle(const std::filesystem::path& file);

/** The same with four voices. */
void writeTinyChoir(const std::filesystem::path& file);

} // namespace organum::test
