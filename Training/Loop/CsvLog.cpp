#include "Training/Loop/CsvLog.h"

#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>

namespace organum::training
{

namespace
{

/** Bytes up to the end of the last row that is whole. */
std::uint64_t wholeRows(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::uint64_t bytes = 0;
    for (std::string line; std::getline(in, line) && !in.eof();)
        bytes += line.size() + 1;
    return bytes;
}

} // namespace

CsvLog::CsvLog(std::filesystem::path fileIn, std::uint64_t keepBytes)
    : file(std::move(fileIn))
{
    std::error_code error;
    if (std::filesystem::is_fifo(file, error)) // opening it would wait for a reader
        throw std::runtime_error("Could not open the log " + file.string() +
                                 ": it is a pipe. Move it away and try again.");
    const auto present = std::filesystem::file_size(file, error);
    if (error)
        return;
    length = present >= keepBytes ? keepBytes : wholeRows(file);
    if (present > length)
        std::filesystem::resize_file(file, length);
}

void CsvLog::add(const std::vector<std::pair<std::string, double>>& row)
{
    std::string text;
    if (length == 0) {
        for (std::size_t i = 0; i < row.size(); ++i)
            text += (i ? "," : "") + row[i].first;
        text += "\n";
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
        char number[40];
        std::snprintf(number, sizeof number, "%s%.9g", i ? "," : "", row[i].second);
        text += number;
    }
    text += "\n";
    std::ofstream out(file, std::ios::binary | std::ios::app);
    out << text << std::flush;
    if (!out)
        throw std::runtime_error("Could not write " + file.string() +
                                 ". Is the disk full or the folder write-protected?");
    length += text.size();
}

} // namespace organum::training
