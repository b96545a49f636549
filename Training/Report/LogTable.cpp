#include "Training/Report/LogTable.h"

#include <fstream>
#include <sstream>

namespace organum::training
{
namespace
{

std::vector<std::string> fieldsOf(const std::string& line)
{
    std::vector<std::string> fields;
    std::istringstream in(line);
    for (std::string field; std::getline(in, field, ',');)
        fields.push_back(field);
    return fields;
}

} // namespace

const std::vector<double>* LogTable::column(const std::string& name) const
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name)
            return &columns[i];
    return nullptr;
}

LogTable readLog(const std::filesystem::path& file)
{
    LogTable table;
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        return table;
    std::ifstream in(file);
    std::string line;
    if (!std::getline(in, line))
        return table;
    table.names = fieldsOf(line);
    table.columns.resize(table.names.size());
    while (std::getline(in, line)) {
        const auto fields = fieldsOf(line);
        if (fields.size() != table.names.size())
            break;
        std::vector<double> row;
        for (const auto& field : fields) {
            char* end = nullptr;
            row.push_back(std::strtod(field.c_str(), &end));
            if (end == field.c_str())
                return table;
        }
        for (std::size_t i = 0; i < row.size(); ++i)
            table.columns[i].push_back(row[i]);
    }
    return table;
}

} // namespace organum::training
