#include "Training/Datasets/PartFile.h"

#include "Score/AtomicFile.h"
#include "Training/Datasets/Download.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace organum::datasets
{

namespace fs = std::filesystem;

PartFile::PartFile(fs::path fileIn)
    : file(std::move(fileIn))
{
    // A link in this place could lead anywhere.
    const int handle = ::open(file.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (handle < 0)
        fail(errno);
    stream.reset(::fdopen(handle, "r+b"));
    if (!stream) {
        const int error = errno;
        ::close(handle);
        fail(error);
    }
    if (::flock(handle, LOCK_EX | LOCK_NB) != 0)
        throw DownloadError(DownloadError::Reason::disk,
                            "Another fetch is writing " + file.string() +
                                "; let it end, or end it, and try again.");
    known = readNote();
    if (std::fseek(stream.get(), 0, SEEK_END) != 0)
        fail(errno);
    const auto end = std::ftell(stream.get());
    if (end < 0)
        fail(errno);
    length = static_cast<std::uint64_t>(end);
    if (known.address.empty() || (known.total > 0 && length > known.total))
        restart();
}

fs::path PartFile::noteFile() const
{
    auto path = file;
    path += ".json";
    return path;
}

PartNote PartFile::readNote() const
{
    PartNote note;
    std::ifstream in(noteFile());
    const auto json = nlohmann::json::parse(in, nullptr, false);
    try {
        json.at("total").get_to(note.total);
        json.at("validator").get_to(note.validator);
        json.at("address").get_to(note.address);
    } catch (const nlohmann::json::exception&) {
        return {};
    }
    // It goes into a request's header as one line.
    if (note.validator.find_first_of("\r\n") != std::string::npos)
        return {};
    return note;
}

void PartFile::fail(int error) const
{
    throw DownloadError(DownloadError::Reason::disk,
                        "Could not write " + file.string() + ": " + std::strerror(error) +
                            (error == ENOSPC || error == EDQUOT
                                 ? "; free some space or choose another folder with --to."
                                 : "; choose a folder you may write to with --to."));
}

void PartFile::restart()
{
    std::fflush(stream.get());
    std::error_code ignored;
    fs::remove(noteFile(), ignored);
    if (::ftruncate(::fileno(stream.get()), 0) != 0)
        fail(errno);
    std::rewind(stream.get());
    length = 0;
    known = {};
}

void PartFile::describe(const PartNote& note)
{
    known = note;
    const auto text = nlohmann::json{
        {"address", note.address},
        {"validator", note.validator},
        {"total",
         note.total}}.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
    try {
        score::writeFileAtomically(noteFile(), text.data(), text.size(), "the note of a download");
    } catch (const score::FileWriteError& problem) {
        throw DownloadError(DownloadError::Reason::disk, problem.what());
    }
}

void PartFile::add(const char* bytes, std::size_t count)
{
    if (std::fwrite(bytes, 1, count, stream.get()) != count)
        fail(errno);
    length += count;
}

void PartFile::flush()
{
    if (std::fflush(stream.get()) != 0)
        fail(errno);
}

std::uint64_t PartFile::finish()
{
    flush();
    if (::fsync(::fileno(stream.get())) != 0)
        fail(errno);
    std::error_code ignored;
    fs::remove(noteFile(), ignored);
    return length;
}

} // namespace organum::datasets
