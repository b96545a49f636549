#include "Training/Run/RunLock.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace organum::training
{

namespace fs = std::filesystem;

namespace
{

fs::path lockFile(const fs::path& run)
{
    return run / ".lock";
}

/** The process that holds the lock, as it wrote itself; 0: it has not done so yet. */
long holderOf(int handle)
{
    char text[24] = {};
    const auto count = ::pread(handle, text, sizeof text - 1, 0);
    return count > 0 ? std::strtol(text, nullptr, 10) : 0;
}

[[noreturn]] void refuseHeld(const fs::path& run, long holder)
{
    throw std::runtime_error("Another `organum train` works in the run folder " + run.string() +
                             (holder > 0 ? " (process " + std::to_string(holder) + ")" : "") +
                             ". Wait for it, or end it with Ctrl-C, or choose another folder.");
}

[[noreturn]] void refuseUnwritable(const fs::path& run, int error)
{
    throw std::runtime_error("Could not lock the run folder " + run.string() + ": " +
                             std::strerror(error) + ". Choose a place that can be written to.");
}

/** Some network disks know no locks. A run there is not kept from going on. */
bool knowsNoLocks(int error)
{
    return error == ENOTSUP || error == EOPNOTSUPP || error == ENOLCK || error == ENOSYS;
}

/** Whether the file that was opened is still the one that others would open. */
bool isInPlace(int handle, const fs::path& file)
{
    struct stat opened = {}, there = {};
    return ::fstat(handle, &opened) == 0 && ::stat(file.c_str(), &there) == 0 &&
           opened.st_dev == there.st_dev && opened.st_ino == there.st_ino;
}

} // namespace

RunLock::RunLock(const fs::path& run)
    : file(lockFile(run))
{
    while (true) {
        handle = ::open(file.c_str(), O_RDWR | O_CREAT | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC, 0644);
        if (handle < 0)
            refuseUnwritable(run, errno);
        if (struct stat opened = {}; ::fstat(handle, &opened) != 0 || !S_ISREG(opened.st_mode)) {
            ::close(std::exchange(handle, -1)); // not ours to take away
            throw std::runtime_error("Could not lock the run folder " + run.string() + ": " +
                                     file.string() + " is no regular file. Take it away.");
        }
        const auto error = ::flock(handle, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
        if (error != 0 && !knowsNoLocks(error)) {
            const auto holder = holderOf(handle);
            ::close(std::exchange(handle, -1)); // the file is the other's
            if (error == EWOULDBLOCK)
                refuseHeld(run, holder);
            refuseUnwritable(run, error);
        }
        // An earlier holder takes its file away before it lets go of it: what we have locked may
        // be nobody's any more.
        if (isInPlace(handle, file))
            break;
        ::close(handle);
    }
    const auto text = std::to_string(::getpid()) + "\n";
    if (::ftruncate(handle, 0) != 0 ||
        ::pwrite(handle, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
        const auto error = errno;
        release();
        refuseUnwritable(run, error);
    }
}

RunLock::RunLock(RunLock&& other) noexcept
    : file(std::move(other.file))
    , handle(std::exchange(other.handle, -1))
{
}

RunLock& RunLock::operator=(RunLock&& other) noexcept
{
    release();
    file = std::move(other.file);
    handle = std::exchange(other.handle, -1);
    return *this;
}

void RunLock::release()
{
    if (handle < 0)
        return;
    if (isInPlace(handle, file)) // the folder may be another run's by now
        ::unlink(file.c_str());
    ::close(std::exchange(handle, -1));
}

void refuseLocked(const fs::path& run)
{
    const auto handle =
        ::open(lockFile(run).c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (handle < 0)
        return;
    const auto isHeld = ::flock(handle, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    const auto holder = holderOf(handle);
    ::close(handle);
    if (isHeld)
        refuseHeld(run, holder);
}

} // namespace organum::training
