// The guard's replacements of what reads and writes: files, standard streams, sockets, mappings.
// The C library's stdio calls its own write() unseen, so each of its functions is replaced too.

#include "Support/RealtimeHooks.h"

#if ORGANUM_GUARD_ACTIVE

#include <cstdarg>
#include <cstddef>
#include <cstdio>

#include <dirent.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

using Counts = organum::support::RealtimeCounts;
using namespace organum::support;

namespace
{

bool takesMode(int flags)
{
    return (flags & (O_CREAT | O_TMPFILE)) != 0;
}

int printTo(FILE* file, const char* format, va_list list)
{
    using Function = int (*)(FILE*, const char*, va_list);
    static std::atomic<Function> next{nullptr};
    hooks::count(&Counts::files);
    return hooks::original(next, "vfprintf")(file, format, list);
}

} // namespace

/** open() and its kin, which take a mode only when they make a file. */
#define ORGANUM_OPEN(name)                                                                         \
    ORGANUM_REPLACES int name(const char* path, int flags, ...)                                    \
    {                                                                                              \
        using Function = int (*)(const char*, int, ...);                                           \
        static std::atomic<Function> next{nullptr};                                                \
        hooks::count(&Counts::files);                                                              \
        va_list list;                                                                              \
        va_start(list, flags);                                                                     \
        const mode_t mode = takesMode(flags) ? va_arg(list, mode_t) : 0;                           \
        va_end(list);                                                                              \
        return hooks::original(next, #name)(path, flags, mode);                                    \
    }
#define ORGANUM_OPENAT(name)                                                                       \
    ORGANUM_REPLACES int name(int folder, const char* path, int flags, ...)                        \
    {                                                                                              \
        using Function = int (*)(int, const char*, int, ...);                                      \
        static std::atomic<Function> next{nullptr};                                                \
        hooks::count(&Counts::files);                                                              \
        va_list list;                                                                              \
        va_start(list, flags);                                                                     \
        const mode_t mode = takesMode(flags) ? va_arg(list, mode_t) : 0;                           \
        va_end(list);                                                                              \
        return hooks::original(next, #name)(folder, path, flags, mode);                            \
    }

extern "C" {

ORGANUM_OPEN(open)
ORGANUM_OPEN(open64)
ORGANUM_OPENAT(openat)
ORGANUM_OPENAT(openat64)
ORGANUM_HOOK(files, int, close, (int file), (file), )
ORGANUM_HOOK(files, ssize_t, read, (int file, void* bytes, std::size_t size), (file, bytes, size), )
ORGANUM_HOOK(files, ssize_t, write, (int file, const void* bytes, std::size_t size),
             (file, bytes, size), )
ORGANUM_HOOK(files, ssize_t, pread, (int file, void* bytes, std::size_t size, off_t at),
             (file, bytes, size, at), )
ORGANUM_HOOK(files, ssize_t, pread64, (int file, void* bytes, std::size_t size, off64_t at),
             (file, bytes, size, at), )
ORGANUM_HOOK(files, ssize_t, pwrite, (int file, const void* bytes, std::size_t size, off_t at),
             (file, bytes, size, at), )
ORGANUM_HOOK(files, ssize_t, pwrite64, (int file, const void* bytes, std::size_t size, off64_t at),
             (file, bytes, size, at), )
ORGANUM_HOOK(files, ssize_t, readv, (int file, const iovec* pieces, int number),
             (file, pieces, number), )
ORGANUM_HOOK(files, ssize_t, writev, (int file, const iovec* pieces, int number),
             (file, pieces, number), )
ORGANUM_HOOK(files, off_t, lseek, (int file, off_t offset, int from), (file, offset, from),
             noexcept)
ORGANUM_HOOK(files, int, fsync, (int file), (file), )
ORGANUM_HOOK(files, int, fdatasync, (int file), (file), )
ORGANUM_HOOK(files, int, ftruncate, (int file, off_t size), (file, size), noexcept)
ORGANUM_HOOK(files, int, stat, (const char* path, struct stat* result), (path, result), noexcept)
ORGANUM_HOOK(files, int, lstat, (const char* path, struct stat* result), (path, result), noexcept)
ORGANUM_HOOK(files, int, fstat, (int file, struct stat* result), (file, result), noexcept)
ORGANUM_HOOK(files, int, fstatat, (int folder, const char* path, struct stat* result, int flags),
             (folder, path, result, flags), noexcept)
ORGANUM_HOOK(files, int, stat64, (const char* path, struct stat64* result), (path, result),
             noexcept)
ORGANUM_HOOK(files, int, lstat64, (const char* path, struct stat64* result), (path, result),
             noexcept)
ORGANUM_HOOK(files, int, fstat64, (int file, struct stat64* result), (file, result), noexcept)
ORGANUM_HOOK(files, int, access, (const char* path, int mode), (path, mode), noexcept)
ORGANUM_HOOK(files, int, unlink, (const char* path), (path), noexcept)
ORGANUM_HOOK(files, int, rename, (const char* from, const char* to), (from, to), noexcept)
ORGANUM_HOOK(files, int, mkdir, (const char* path, mode_t mode), (path, mode), noexcept)
ORGANUM_HOOK(files, DIR*, opendir, (const char* path), (path), )
ORGANUM_HOOK(files, dirent*, readdir, (DIR * folder), (folder), )

ORGANUM_HOOK(files, void*, mmap,
             (void* place, std::size_t size, int protection, int flags, int file, off_t at),
             (place, size, protection, flags, file, at), noexcept)
ORGANUM_HOOK(files, void*, mmap64,
             (void* place, std::size_t size, int protection, int flags, int file, off64_t at),
             (place, size, protection, flags, file, at), noexcept)
ORGANUM_HOOK(files, int, munmap, (void* place, std::size_t size), (place, size), noexcept)

ORGANUM_HOOK(files, ssize_t, send, (int file, const void* bytes, std::size_t size, int flags),
             (file, bytes, size, flags), )
ORGANUM_HOOK(files, ssize_t, sendmsg, (int file, const msghdr* message, int flags),
             (file, message, flags), )
ORGANUM_HOOK(files, ssize_t, recv, (int file, void* bytes, std::size_t size, int flags),
             (file, bytes, size, flags), )
ORGANUM_HOOK(files, ssize_t, recvmsg, (int file, msghdr* message, int flags),
             (file, message, flags), )

ORGANUM_REPLACES int ioctl(int file, unsigned long request, ...) noexcept
{
    using Function = int (*)(int, unsigned long, ...);
    static std::atomic<Function> next{nullptr};
    hooks::count(&Counts::files);
    va_list list;
    va_start(list, request);
    void* argument = va_arg(list, void*);
    va_end(list);
    return hooks::original(next, "ioctl")(file, request, argument);
}

ORGANUM_HOOK(files, FILE*, fopen, (const char* path, const char* mode), (path, mode), )
ORGANUM_HOOK(files, FILE*, fopen64, (const char* path, const char* mode), (path, mode), )
ORGANUM_HOOK(files, int, fclose, (FILE * file), (file), )
ORGANUM_HOOK(files, int, fflush, (FILE * file), (file), )
ORGANUM_HOOK(files, std::size_t, fread,
             (void* bytes, std::size_t size, std::size_t number, FILE* file),
             (bytes, size, number, file), )
ORGANUM_HOOK(files, std::size_t, fwrite,
             (const void* bytes, std::size_t size, std::size_t number, FILE* file),
             (bytes, size, number, file), )
ORGANUM_HOOK(files, char*, fgets, (char* text, int size, FILE* file), (text, size, file), )
ORGANUM_HOOK(files, int, fgetc, (FILE * file), (file), )
ORGANUM_HOOK(files, int, getc, (FILE * file), (file), )
ORGANUM_HOOK(files, int, fputs, (const char* text, FILE* file), (text, file), )
ORGANUM_HOOK(files, int, puts, (const char* text), (text), )
ORGANUM_HOOK(files, int, fputc, (int letter, FILE* file), (letter, file), )
ORGANUM_HOOK(files, int, putc, (int letter, FILE* file), (letter, file), )
ORGANUM_HOOK(files, int, putchar, (int letter), (letter), )
ORGANUM_HOOK(files, void, perror, (const char* text), (text), )

ORGANUM_REPLACES int vfprintf(FILE* file, const char* format, va_list list)
{
    return printTo(file, format, list);
}

ORGANUM_REPLACES int vprintf(const char* format, va_list list)
{
    return printTo(stdout, format, list);
}

ORGANUM_REPLACES int fprintf(FILE* file, const char* format, ...)
{
    va_list list;
    va_start(list, format);
    const int written = printTo(file, format, list);
    va_end(list);
    return written;
}

ORGANUM_REPLACES int printf(const char* format, ...)
{
    va_list list;
    va_start(list, format);
    const int written = printTo(stdout, format, list);
    va_end(list);
    return written;
}

// What programs of Debian's own call instead, built with _FORTIFY_SOURCE.
ORGANUM_REPLACES int __fprintf_chk(FILE* file, int, const char* format, ...)
{
    va_list list;
    va_start(list, format);
    const int written = printTo(file, format, list);
    va_end(list);
    return written;
}

ORGANUM_REPLACES int __printf_chk(int, const char* format, ...)
{
    va_list list;
    va_start(list, format);
    const int written = printTo(stdout, format, list);
    va_end(list);
    return written;
}
}

#endif
