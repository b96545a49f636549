#pragma once

// A run's log.csv read back, for loss curves.

#include <filesystem>
#include <string>
#include <vector>

namespace organum::training
{

struct LogTable
{
    std::vector<std::string> names;
    std::vector<std::vector<double>> columns;

    /** nullptr when there is no such column. */
    const std::vector<double>* column(const std::string& name) const;
};

/** Empty when the file is missing; a damaged row and what follows are left out. */
LogTable readLog(const std::filesystem::path& file);

} // namespace organum::training
