// The guard's replacements of the memory functions.

#include "Support/RealtimeHooks.h"

#if ORGANUM_GUARD_ACTIVE

#include <cerrno>
#include <cstddef>

#include <unistd.h>

using Counts = organum::support::RealtimeCounts;
using organum::support::hooks::count;

// dlsym itself allocates, so these go to glibc's other names instead of looking for the originals.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void __libc_free(void*);
void* __libc_memalign(std::size_t, std::size_t);
void* reallocarray(void*, std::size_t, std::size_t) noexcept;
void* memalign(std::size_t, std::size_t) noexcept;
void* valloc(std::size_t) noexcept;

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

ORGANUM_REPLACES void* reallocarray(void* memory, std::size_t number, std::size_t size) noexcept
{
    count(&Counts::allocations);
    std::size_t bytes = 0;
    if (__builtin_mul_overflow(number, size, &bytes)) {
        errno = ENOMEM;
        return nullptr;
    }
    return __libc_realloc(memory, bytes);
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

ORGANUM_REPLACES void* memalign(std::size_t alignment, std::size_t size) noexcept
{
    count(&Counts::allocations);
    return __libc_memalign(alignment, size);
}

ORGANUM_REPLACES void* valloc(std::size_t size) noexcept
{
    count(&Counts::allocations);
    return __libc_memalign(static_cast<std::size_t>(sysconf(_SC_PAGESIZE)), size);
}
}

#endif
