#pragma once

// Unpacking archives that come from anywhere: tar in its compressions, and zip.

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace organum::datasets
{

/** Why an archive was refused; names the archive, the entry and the reason. */
class UnpackError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/** What an archive may at most unpack to: a few kilobytes can stand for terabytes. */
struct UnpackLimits
{
    std::uint64_t mostBytes = 0;
    std::uint64_t mostEntries = 500000;
};

/** Unpacks into an existing folder that nobody else writes to. Refuses the whole archive for an
    entry with an absolute path, "..", a control character or a backslash, a link, a device, a name
    that is there already, and beyond the limits; what was unpacked until then stays in the folder,
    for the caller to remove. Returns the files, relative to the folder, by names in UTF-8. Throws
    UnpackError. */
std::vector<std::filesystem::path> unpack(const std::filesystem::path& archive,
                                          const std::filesystem::path& folder,
                                          const UnpackLimits& limits);

/** Whether an archive's entry, or a file of a record, may have this name below a folder. */
bool isSafeName(const std::string& name);

} // namespace organum::datasets
