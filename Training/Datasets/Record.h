#pragma once

// organum-data.json: what was fetched, file by file, so that it can be checked later.

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace organum::datasets
{

struct RecordedFile
{
    std::uint64_t bytes = 0;
    std::string sha256;
};

struct Record
{
    std::map<std::string, RecordedFile> files; ///< by name below the set's folder
    std::set<std::string> unpacked;            ///< archives whose content is among them
};

/** Size and sha256 of a file. Throws std::runtime_error. */
RecordedFile describeFile(const std::filesystem::path& file);

/** An empty one when there is none; a damaged one throws std::runtime_error. Names that would lead
    out of the folder are damage. */
Record readRecord(const std::filesystem::path& folder);

/** Throws score::FileWriteError. */
void writeRecord(const std::filesystem::path& folder, const Record& record);

} // namespace organum::datasets
