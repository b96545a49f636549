#pragma once

// log.csv of a run: one row an epoch. A resumed run cuts it back to what its checkpoint knew, so
// that no epoch stands in it twice.

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace organum::training
{

class CsvLog
{
public:
    /** Keeps the first `keepBytes` bytes of an existing file; of a file that is shorter, its whole
        rows. Throws std::runtime_error. */
    CsvLog(std::filesystem::path fileIn, std::uint64_t keepBytes);

    /** Appends a row, after a row of column names when the file is empty. Throws. */
    void add(const std::vector<std::pair<std::string, double>>& row);

    std::uint64_t bytes() const { return length; }

private:
    const std::filesystem::path file;
    std::uint64_t length = 0;
};

} // namespace organum::training
