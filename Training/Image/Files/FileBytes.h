#pragma once

// The bytes of data files, unpacked where they are compressed, with a limit before memory is taken.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace organum::training
{

/** The most bytes that one data file may have, unpacked: 2 GiB. */
constexpr std::size_t mostFileBytes = std::size_t{2} << 30;

/** A whole file; one that is compressed by gzip is unpacked. Throws DataError, which names the file
    and, where it is cut short or damaged, the byte reached. */
std::string readDataFile(const std::filesystem::path& file, std::size_t most = mostFileBytes);

/** Calls `visit` with name and bytes of every file in a zip archive (.npz). Nothing is written to
    disk, so names cannot lead anywhere. Throws DataError. */
void readZip(const std::filesystem::path& file,
             const std::function<void(const std::string& name, const std::string& bytes)>& visit,
             std::size_t most = mostFileBytes);

} // namespace organum::training
