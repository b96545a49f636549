#include "Training/Data/JsonText.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace organum::training
{
namespace
{

/** Far above any split of ours; a device without an end must not fill the memory. */
constexpr std::size_t largestText = 64u << 20;

} // namespace

nlohmann::json parseJson(const std::string& text)
{
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        throw std::invalid_argument("it is empty");
    try {
        return nlohmann::json::parse(text);
    } catch (const nlohmann::json::parse_error& error) {
        const auto read = std::min(error.byte, text.size());
        const auto line =
            1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(read), '\n');
        throw std::invalid_argument("it is not valid JSON from line " + std::to_string(line) +
                                    " on");
    } catch (const nlohmann::json::exception&) {
        throw std::invalid_argument("it is not valid JSON: a number in it is too large");
    }
}

bool isUtf8(const std::string& text)
{
    const nlohmann::json json(text);
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::ignore) ==
           json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string readTextFile(const std::filesystem::path& file)
{
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
        throw std::runtime_error("it is a folder");
    if (std::filesystem::is_fifo(file, error)) // opening it would wait for a writer
        throw std::runtime_error("it is a pipe");
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in)
        throw std::runtime_error(errno != 0 ? std::strerror(errno) : "it cannot be opened");
    std::string text;
    char block[65536];
    while (in.read(block, sizeof block) || in.gcount() > 0) {
        text.append(block, static_cast<std::size_t>(in.gcount()));
        if (text.size() > largestText)
            throw std::runtime_error("it is larger than 64 MiB");
    }
    if (in.bad())
        throw std::runtime_error("the disk reports an error");
    return text;
}

} // namespace organum::training
