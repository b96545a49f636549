#include "Score/AtomicFile.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#if defined(_WIN32)
#include <process.h>
#else
#include <unistd.h>
#endif

namespace organum::score
{
namespace
{

namespace fs = std::filesystem;

struct CloseFile
{
    void operator()(std::FILE* file) const { std::fclose(file); }
};

std::string processAndCall()
{
    static std::atomic<unsigned> calls{0};
#if defined(_WIN32)
    const auto process = static_cast<long>(_getpid());
#else
    const auto process = static_cast<long>(getpid());
#endif
    return std::to_string(process) + "-" + std::to_string(calls++);
}

std::string advice(int error)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
        return "; free some space or choose another disk.";
    case EACCES:
    case EPERM:
    case EROFS:
        return "; choose a folder you may write to.";
    case ENOENT:
    case ENOTDIR:
        return "; create the folder first or choose another.";
    case EISDIR:
        return "; give the name of a file.";
    default:
        return "; choose another place.";
    }
}

[[noreturn]] void fail(const fs::path& file, const std::string& what, int error)
{
    throw FileWriteError("Could not write " + what + " " + file.string() + ": " +
                         std::strerror(error) + advice(error));
}

/** Returns 0 or the system's error number. */
int writeBytes(const fs::path& file, const void* bytes, std::size_t size, bool flushToDisk)
{
    errno = 0;
    std::unique_ptr<std::FILE, CloseFile> stream(std::fopen(file.string().c_str(), "wb"));
    if (stream == nullptr)
        return errno != 0 ? errno : EIO;
    if (size > 0 && std::fwrite(bytes, 1, size, stream.get()) != size)
        return errno != 0 ? errno : EIO;
    if (std::fflush(stream.get()) != 0)
        return errno != 0 ? errno : EIO;
#if !defined(_WIN32)
    if (flushToDisk && fsync(fileno(stream.get())) != 0)
        return errno != 0 ? errno : EIO;
#else
    (void) flushToDisk;
#endif
    return std::fclose(stream.release()) == 0 ? 0 : (errno != 0 ? errno : EIO);
}

/** Lets `write` fill a file beside the target and renames it; that file never stays. */
void replaceTarget(const fs::path& file, const fs::path& target, const std::string& what,
                   const std::function<void(const fs::path& temporary)>& write)
{
    std::error_code problem;
    auto temporary = target;
    temporary += ".part-" + processAndCall();
    try {
        write(temporary);
    } catch (...) {
        fs::remove(temporary, problem);
        throw;
    }
    fs::rename(temporary, target, problem);
    if (problem) {
        const auto error = problem.value();
        fs::remove(temporary, problem);
        fail(file, what, error);
    }
}

} // namespace

void writeFileAtomically(const fs::path& file, const void* bytes, std::size_t size,
                         const std::string& what)
{
    std::error_code problem;
    // A link is followed, so that the file it names is replaced and not the link.
    auto target = fs::weakly_canonical(file, problem);
    if (problem)
        target = file;
    const auto status = fs::status(target, problem);
    if (fs::is_directory(status))
        fail(file, what, EISDIR);
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        if (const auto error = writeBytes(target, bytes, size, false))
            fail(file, what, error);
        return;
    }

    replaceTarget(file, target, what, [&](const fs::path& temporary) {
        if (const auto error = writeBytes(temporary, bytes, size, true))
            fail(file, what, error);
    });
}

void replaceFileAtomically(const fs::path& file, const std::string& what,
                           const std::function<void(const fs::path& temporary)>& write)
{
    std::error_code problem;
    auto target = fs::weakly_canonical(file, problem);
    if (problem)
        target = file;
    const auto status = fs::status(target, problem);
    if (fs::is_directory(status))
        fail(file, what, EISDIR);
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        write(target);
        return;
    }
    replaceTarget(file, target, what, write);
}

} // namespace organum::score
