#include "Training/Datasets/Unpack.h"

#include "Training/Data/JsonText.h"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <unistd.h>

namespace organum::datasets
{
namespace
{

namespace fs = std::filesystem;

struct FreeArchive
{
    void operator()(archive* a) const { archive_read_free(a); }
};
struct CloseFile
{
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/** Names may hold anything; a message may not. */
std::string shown(const std::string& name)
{
    std::string text;
    for (const char c : name.substr(0, 120))
        text += static_cast<unsigned char>(c) < 32 || c == 127 ? '?' : c;
    return text;
}

/** An entry's name as UTF-8. Old archives do not say how theirs are written: what is no UTF-8 is
    read as Latin-1, so that every name is text that a record can hold, and no two become one. */
std::string nameOf(archive_entry* entry)
{
    const auto* raw = archive_entry_pathname(entry);
    const auto* text = raw != nullptr ? raw : archive_entry_pathname_utf8(entry);
    const std::string name = text != nullptr ? text : "";
    if (training::isUtf8(name))
        return name;
    std::string latin;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            latin += c;
            continue;
        }
        latin += static_cast<char>(0xC0 | byte >> 6);
        latin += static_cast<char>(0x80 | (byte & 0x3F));
    }
    return latin;
}

class Unpacker
{
public:
    Unpacker(const fs::path& fileIn, const fs::path& folderIn, const UnpackLimits& limitsIn)
        : file(fileIn)
        , folder(folderIn)
        , limits(limitsIn)
        , reader(archive_read_new())
    {
        if (!reader)
            refuse("there is not enough memory");
        archive_read_support_filter_all(reader.get());
        archive_read_support_format_tar(reader.get());
        archive_read_support_format_gnutar(reader.get());
        archive_read_support_format_zip_streamable(reader.get());
        archive_read_support_format_zip_seekable(reader.get());
    }

    std::vector<fs::path> run()
    {
        if (archive_read_open_filename(reader.get(), file.c_str(), 1 << 16) != ARCHIVE_OK)
            refuse(why());
        std::uint64_t entries = 0;
        for (archive_entry* entry = nullptr;;) {
            const int result = archive_read_next_header(reader.get(), &entry);
            if (result == ARCHIVE_EOF)
                break;
            if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
                refuse(why());
            if (++entries > limits.mostEntries)
                refuse("it has more than " + std::to_string(limits.mostEntries) + " entries");
            take(entry);
        }
        if (files.empty())
            refuse("there is no file in it");
        return files;
    }

private:
    [[noreturn]] void refuse(const std::string& reason) const
    {
        throw UnpackError("The archive " + file.string() + " was refused: " + reason + ".");
    }

    std::string why() const
    {
        const auto* text = archive_error_string(reader.get());
        return text != nullptr ? text : "it is damaged";
    }

    void take(archive_entry* entry)
    {
        const auto name = nameOf(entry);
        if (!isSafeName(name))
            refuse("its entry \"" + shown(name) +
                   "\" has a name that leads out of the folder, or "
                   "is no plain name");
        if (archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr)
            refuse("its entry \"" + shown(name) + "\" is a link");
        const auto target = folder / fs::path(name).lexically_normal();
        std::error_code error;
        if (archive_entry_filetype(entry) == AE_IFDIR) {
            fs::create_directories(target, error);
            if (error)
                refuse("the folder \"" + shown(name) + "\" could not be made: " + error.message());
            return;
        }
        if (archive_entry_filetype(entry) != AE_IFREG)
            refuse("its entry \"" + shown(name) + "\" is neither a file nor a folder");
        fs::create_directories(target.parent_path(), error);
        if (error)
            refuse("the folder of \"" + shown(name) + "\" could not be made: " + error.message());
        write(target, name);
        files.push_back(fs::path(name).lexically_normal());
    }

    void write(const fs::path& target, const std::string& name)
    {
        const int handle =
            ::open(target.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
        if (handle < 0)
            refuse("its entry \"" + shown(name) +
                   "\" could not be written: " + std::strerror(errno));
        const std::unique_ptr<std::FILE, CloseFile> out(::fdopen(handle, "wb"));
        if (!out) {
            ::close(handle);
            refuse("there is not enough memory");
        }
        std::array<char, 1 << 16> block{};
        for (;;) {
            const auto got = archive_read_data(reader.get(), block.data(), block.size());
            if (got == 0)
                break;
            if (got < 0)
                refuse("its entry \"" + shown(name) + "\" is damaged (" + why() + ")");
            bytes += static_cast<std::uint64_t>(got);
            if (bytes > limits.mostBytes)
                refuse("it unpacks to more than the " + std::to_string(limits.mostBytes) +
                       " bytes that this set may have");
            if (std::fwrite(block.data(), 1, static_cast<std::size_t>(got), out.get()) !=
                static_cast<std::size_t>(got))
                refuse("\"" + shown(name) + "\" could not be written: " + std::strerror(errno));
        }
        if (std::fflush(out.get()) != 0)
            refuse("\"" + shown(name) + "\" could not be written: " + std::strerror(errno));
    }

    const fs::path file;
    const fs::path folder;
    const UnpackLimits limits;
    const std::unique_ptr<archive, FreeArchive> reader;
    std::vector<fs::path> files;
    std::uint64_t bytes = 0;
};

} // namespace

std::vector<fs::path> unpack(const fs::path& file, const fs::path& folder,
                             const UnpackLimits& limits)
{
    return Unpacker(file, folder, limits).run();
}

} // namespace organum::datasets
