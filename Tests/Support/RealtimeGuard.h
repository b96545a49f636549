#pragma once

// Counts what an audio thread must never do: take or give back memory, lock, wait, wake, open,
// write. Linked into a test program it replaces the C library's own functions, so that calls made
// by JUCE and by opened plugins count too; replacing operator new alone would miss most of them.

#include <cstdint>
#include <string>
#include <vector>

namespace organum::support
{

/** What one thread did while its guard was armed. */
struct RealtimeCounts
{
    std::uint32_t allocations = 0; ///< malloc, calloc, realloc, memalign and their kin
    std::uint32_t frees = 0;
    std::uint32_t locks = 0; ///< mutexes, read-write locks, spin locks: taken or tried
    std::uint32_t waits = 0; ///< condition variables, semaphores, sleeps, polls, futexes, yields
    std::uint32_t wakes = 0; ///< signals to conditions, semaphores and futexes; new threads
    std::uint32_t files = 0; ///< open, read, write, stat, stdio, mmap, sockets

    std::uint32_t contended = 0; ///< of the locks: those that somebody else held

    std::uint32_t total() const { return allocations + frees + locks + waits + wakes + files; }
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

/** Somewhere in the code where an armed thread did what it must not, by name. */
struct Offence
{
    std::string what;     ///< "lock", "allocation", ...
    std::string function; ///< who did it, past the standard library's and JUCE's thin wrappers
    std::string caller;   ///< who called that
    std::string binary;   ///< file name without folders
    std::uint32_t count = 0;
    std::uint32_t contended = 0;
};

/** What the calling thread did under all its guards since the last forgetOffences(), equal ones
    added up. Reads symbol tables; not while armed. */
std::vector<Offence> offences();
void forgetOffences();
/** The same as lines of text for a failing test. */
std::string describeOffences();

} // namespace organum::support
