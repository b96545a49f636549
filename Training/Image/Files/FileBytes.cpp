#include "Training/Image/Files/FileBytes.h"

#include "Training/Data/DataError.h"

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <cerrno>
#include <memory>
#include <system_error>

namespace organum::training
{
namespace
{

constexpr std::size_t block = 1 << 16;

using Archive = std::unique_ptr<archive, int (*)(archive*)>;

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& reason)
{
    throw DataError("Could not read " + file.string() + ": " + reason +
                    ". Get the file anew, or leave it out.");
}

[[noreturn]] void refuseLarger(const std::filesystem::path& file, std::size_t most)
{
    throw DataError("Could not read " + file.string() + ": its content is larger than " +
                    std::to_string(most) +
                    " bytes, the most that is read of such a file. Divide it (an .ndjson between "
                    "two lines), or leave it out.");
}

std::string reasonOf(archive* from)
{
    const auto* text = archive_error_string(from);
    return text != nullptr ? text : "it is damaged";
}

void requireFile(const std::filesystem::path& file)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        refuse(file, std::filesystem::exists(file, error) ? "it is a folder, a device or a pipe"
                                                          : "there is no such file");
}

Archive openZip(const std::filesystem::path& file)
{
    requireFile(file);
    Archive reader(archive_read_new(), archive_read_free);
    archive_read_support_format_zip(reader.get());
    if (archive_read_open_filename(reader.get(), file.c_str(), block) != ARCHIVE_OK)
        refuse(file, reasonOf(reader.get()));
    return reader;
}

/** The data of the entry that the reader stands at. */
std::string entryBytes(archive* reader, const std::filesystem::path& file, std::size_t most,
                       std::size_t before = 0)
{
    std::string bytes;
    std::string buffer(block, '\0');
    while (true) {
        const auto got = archive_read_data(reader, buffer.data(), buffer.size());
        if (got == 0)
            return bytes;
        if (got < 0)
            refuse(file, "after byte " + std::to_string(bytes.size()) + " of its content " +
                             reasonOf(reader));
        if (before + bytes.size() + static_cast<std::size_t>(got) > most)
            refuseLarger(file, most);
        bytes.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

} // namespace

std::string readDataFile(const std::filesystem::path& file, std::size_t most)
{
    // By zlib, which compares gzip's checksum; libarchive does not.
    requireFile(file);
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (!error && size > most)
        refuseLarger(file, most); // before memory is taken for it
    const std::unique_ptr<gzFile_s, int (*)(gzFile_s*)> reader(gzopen(file.c_str(), "rb"),
                                                               gzclose_r);
    if (reader == nullptr)
        refuse(file, std::error_code(errno, std::generic_category()).message());
    std::string bytes;
    bytes.reserve(error ? 0 : static_cast<std::size_t>(size)); // else it would double as it grows
    std::string buffer(block, '\0');
    while (true) {
        const int got = gzread(reader.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
        int problem = Z_OK;
        const char* text = gzerror(reader.get(), &problem);
        if (got < 0 || problem == Z_BUF_ERROR)
            refuse(file, "after byte " + std::to_string(bytes.size()) + " of its content " +
                             (problem == Z_BUF_ERROR ? "it is truncated" : text));
        if (got == 0)
            return bytes;
        if (bytes.size() + static_cast<std::size_t>(got) > most)
            refuseLarger(file, most);
        bytes.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

void readZip(const std::filesystem::path& file,
             const std::function<void(const std::string&, const std::string&)>& visit,
             std::size_t most)
{
    const auto reader = openZip(file);
    std::size_t total = 0;
    archive_entry* entry = nullptr;
    while (true) {
        const auto status = archive_read_next_header(reader.get(), &entry);
        if (status == ARCHIVE_EOF)
            break;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            refuse(file, reasonOf(reader.get()));
        const auto* name = archive_entry_pathname(entry);
        const auto bytes = entryBytes(reader.get(), file, most, total);
        total += bytes.size();
        visit(name != nullptr ? name : "", bytes);
    }
}

} // namespace organum::training
