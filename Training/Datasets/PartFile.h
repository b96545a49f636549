#pragma once

// The beginning of a file that is being fetched, and a note of what it is the beginning of. Locked
// while it is open, so that two fetches do not write into one file.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

namespace organum::datasets
{

/** Of which version of which file the bytes are. */
struct PartNote
{
    std::string address;
    std::string validator;   ///< the server's ETag or date of change; empty: it named none
    std::uint64_t total = 0; ///< bytes of the whole; 0: unknown
};

/** Throws DownloadError (disk) from every function that writes. */
class PartFile
{
public:
    /** Opens or makes it; bytes without a readable note are forgotten. */
    explicit PartFile(std::filesystem::path fileIn);

    std::uint64_t size() const { return length; }
    const PartNote& note() const { return known; }

    void restart();
    void describe(const PartNote& note);
    void add(const char* bytes, std::size_t count);
    void flush();
    /** All bytes are there: puts them on the disk and removes the note. Returns their number. */
    std::uint64_t finish();

private:
    struct Close
    {
        void operator()(std::FILE* stream) const { std::fclose(stream); }
    };
    std::filesystem::path noteFile() const;
    PartNote readNote() const;
    [[noreturn]] void fail(int error) const;

    const std::filesystem::path file;
    std::unique_ptr<std::FILE, Close> stream;
    PartNote known;
    std::uint64_t length = 0;
};

} // namespace organum::datasets
