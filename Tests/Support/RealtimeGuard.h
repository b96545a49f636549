#pragma once

// Counts what an audio thread must never do: take or give back memory, lock, wait, open, write.
// Linked into a test program it replaces the C library's own functions, so that calls made by JUCE
// and by opened plugins count too; replacing operator new alone would miss most of them.

#include <cstdint>
#include <string>

namespace organum::support
{

/** What one thread did while its guard was armed. */
struct RealtimeCounts
{
    std::uint32_t allocations = 0; ///< malloc, calloc, realloc, posix_memalign, aligned_alloc
    std::uint32_t frees = 0;
    std::uint32_t locks = 0; ///< pthread_mutex_lock, rwlocks, condition variables, sem_wait
    std::uint32_t waits = 0; ///< nanosleep, usleep
    std::uint32_t files = 0; ///< open, write

    std::uint32_t total() const { return allocations + frees + locks + waits + files; }
    /** "2 allocations, 1 lock", or "nothing". */
    std::string toString() const;
};

/** False in builds with a sanitizer, which must own the allocator itself. */
bool realtimeGuardIsActive();

/** Counts on the thread that made it, from construction to stop() or destruction. */
class RealtimeGuard
{
public:
    RealtimeGuard();
    ~RealtimeGuard();
    RealtimeGuard(const RealtimeGuard&) = delete;
    RealtimeGuard& operator=(const RealtimeGuard&) = delete;

    /** Ends the counting and says what happened; all zero when the guard is not active. */
    RealtimeCounts stop();
};

} // namespace organum::support
