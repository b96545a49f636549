#include "RealtimeGuard.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define ORGANUM_GUARD_ACTIVE 0
#else
#define ORGANUM_GUARD_ACTIVE 1
#endif

namespace
{

// Plain data with constant initialisation: reaching it must never allocate by itself.
struct ThreadState
{
    bool armed = false;
    organum::support::RealtimeCounts counts;
};

#if defined(__GNUC__)
__attribute__((tls_model("initial-exec")))
#endif
thread_local ThreadState threadState;

void append(std::string& text, std::uint32_t count, const char* one, const char* many)
{
    if (count == 0)
        return;
    if (!text.empty())
        text += ", ";
    text += std::to_string(count) + " " + (count == 1 ? one : many);
}

} // namespace

namespace organum::support
{

std::string RealtimeCounts::toString() const
{
    std::string text;
    append(text, allocations, "allocation", "allocations");
    append(text, frees, "free", "frees");
    append(text, locks, "lock", "locks");
    append(text, waits, "wait", "waits");
    append(text, files, "file operation", "file operations");
    return text.empty() ? "nothing" : text;
}

bool realtimeGuardIsActive()
{
    return ORGANUM_GUARD_ACTIVE != 0;
}

RealtimeGuard::RealtimeGuard()
{
    threadState.counts = {};
    threadState.armed = true;
}

RealtimeGuard::~RealtimeGuard()
{
    threadState.armed = false;
}

RealtimeCounts RealtimeGuard::stop()
{
    threadState.armed = false;
    return threadState.counts;
}

} // namespace organum::support

#if ORGANUM_GUARD_ACTIVE

#include <cerrno>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

namespace
{

void count(std::uint32_t organum::support::RealtimeCounts::*counter)
{
    if (threadState.armed)
        ++(threadState.counts.*counter);
}

using Counts = organum::support::RealtimeCounts;

/** The C library's own function, found once; the guard rests while looking. On x86-64 a plain
    dlsym() may give the condition variables of 2002, hence the version. */
template <typename Function>
Function original(Function& cached, const char* name, const char* version = "GLIBC_2.3.2")
{
    if (cached == nullptr) {
        const bool wasArmed = threadState.armed;
        threadState.armed = false;
        void* found = dlvsym(RTLD_NEXT, name, version);
        if (found == nullptr)
            found = dlsym(RTLD_NEXT, name);
        cached = reinterpret_cast<Function>(found);
        threadState.armed = wasArmed;
    }
    return cached;
}

} // namespace

#define ORGANUM_REPLACES __attribute__((visibility("default"), used))

// dlsym itself allocates, so the memory functions go to glibc's other names instead.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void __libc_free(void*);
void* __libc_memalign(std::size_t, std::size_t);

ORGANUM_REPLACES void* malloc(std::size_t size) noexcept
{
    count(&Counts::allocations);
    return __libc_malloc(size);
}

ORGANUM_REPLACES void* calloc(std::size_t number, std::size_t size) noexcept
{
    count(&Counts::allocations);
    return __libc_calloc(number, size);
}

ORGANUM_REPLACES void* realloc(void* memory, std::size_t size) noexcept
{
    count(&Counts::allocations);
    return __libc_realloc(memory, size);
}

ORGANUM_REPLACES void free(void* memory) noexcept
{
    if (memory != nullptr)
        count(&Counts::frees);
    __libc_free(memory);
}

ORGANUM_REPLACES int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept
{
    count(&Counts::allocations);
    *memory = __libc_memalign(alignment, size);
    return *memory == nullptr ? ENOMEM : 0;
}

ORGANUM_REPLACES void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept
{
    count(&Counts::allocations);
    return __libc_memalign(alignment, size);
}

ORGANUM_REPLACES int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept
{
    static int (*next)(pthread_mutex_t*) = nullptr;
    count(&Counts::locks);
    return original(next, "pthread_mutex_lock")(mutex);
}

ORGANUM_REPLACES int pthread_rwlock_rdlock(pthread_rwlock_t* lock) noexcept
{
    static int (*next)(pthread_rwlock_t*) = nullptr;
    count(&Counts::locks);
    return original(next, "pthread_rwlock_rdlock")(lock);
}

ORGANUM_REPLACES int pthread_rwlock_wrlock(pthread_rwlock_t* lock) noexcept
{
    static int (*next)(pthread_rwlock_t*) = nullptr;
    count(&Counts::locks);
    return original(next, "pthread_rwlock_wrlock")(lock);
}

ORGANUM_REPLACES int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex)
{
    static int (*next)(pthread_cond_t*, pthread_mutex_t*) = nullptr;
    count(&Counts::locks);
    return original(next, "pthread_cond_wait")(condition, mutex);
}

ORGANUM_REPLACES int pthread_cond_signal(pthread_cond_t* condition) noexcept
{
    static int (*next)(pthread_cond_t*) = nullptr;
    count(&Counts::locks);
    return original(next, "pthread_cond_signal")(condition);
}

ORGANUM_REPLACES int pthread_cond_broadcast(pthread_cond_t* condition) noexcept
{
    static int (*next)(pthread_cond_t*) = nullptr;
    count(&Counts::locks);
    return original(next, "pthread_cond_broadcast")(condition);
}

ORGANUM_REPLACES int sem_wait(sem_t* semaphore)
{
    static int (*next)(sem_t*) = nullptr;
    count(&Counts::locks);
    return original(next, "sem_wait")(semaphore);
}

ORGANUM_REPLACES int nanosleep(const timespec* asked, timespec* left)
{
    static int (*next)(const timespec*, timespec*) = nullptr;
    count(&Counts::waits);
    return original(next, "nanosleep")(asked, left);
}

ORGANUM_REPLACES int usleep(useconds_t microseconds)
{
    static int (*next)(useconds_t) = nullptr;
    count(&Counts::waits);
    return original(next, "usleep")(microseconds);
}

ORGANUM_REPLACES int open(const char* path, int flags, ...)
{
    static int (*next)(const char*, int, ...) = nullptr;
    count(&Counts::files);
    mode_t mode = 0;
    if ((flags & (O_CREAT | O_TMPFILE)) != 0) {
        va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
    }
    return original(next, "open")(path, flags, mode);
}

ORGANUM_REPLACES ssize_t write(int file, const void* bytes, size_t size)
{
    static ssize_t (*next)(int, const void*, size_t) = nullptr;
    count(&Counts::files);
    return original(next, "write")(file, bytes, size);
}

ORGANUM_REPLACES ssize_t writev(int file, const iovec* pieces, int number)
{
    static ssize_t (*next)(int, const iovec*, int) = nullptr;
    count(&Counts::files);
    return original(next, "writev")(file, pieces, number);
}

ORGANUM_REPLACES std::size_t fwrite(const void* bytes, std::size_t size, std::size_t number,
                                    FILE* file)
{
    static std::size_t (*next)(const void*, std::size_t, std::size_t, FILE*) = nullptr;
    count(&Counts::files);
    return original(next, "fwrite")(bytes, size, number, file);
}
}

#endif
