#include "Plugin/Fingerprint.h"

#include <array>
#include <fstream>
#include <map>
#include <mutex>
#include <utility>

namespace organum::plugin
{

namespace
{

std::uint64_t hashOf(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return 0;
    std::uint64_t hash = 14695981039346656037u;
    std::array<char, 65536> block{};
    while (stream) {
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        const auto count = static_cast<std::size_t>(stream.gcount());
        for (std::size_t i = 0; i < count; ++i)
            hash = (hash ^ static_cast<unsigned char>(block[i])) * 1099511628211u;
    }
    return stream.bad() ? 0 : hash == 0 ? 1 : hash;
}

} // namespace

std::uint64_t fingerprintOf(const std::filesystem::path& file)
{
    static std::mutex mutex;
    static std::map<
        std::filesystem::path,
        std::pair<std::pair<std::uintmax_t, std::filesystem::file_time_type>, std::uint64_t>>
        known;
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    const auto time =
        error ? std::filesystem::file_time_type() : std::filesystem::last_write_time(file, error);
    if (error)
        return 0;
    const auto version = std::make_pair(size, time);
    const std::lock_guard<std::mutex> lock(mutex);
    auto& entry = known[file];
    if (entry.second == 0 || entry.first != version)
        entry = {version, hashOf(file)};
    return entry.second;
}

} // namespace organum::plugin
