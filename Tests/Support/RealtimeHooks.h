#pragma once

// How the guard's replacements of C library functions count and find the function they replace.
// Nothing here may allocate, since malloc itself comes this way.

#include "Support/RealtimeGuard.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define ORGANUM_GUARD_ACTIVE 0
#else
#define ORGANUM_GUARD_ACTIVE 1
#endif

#if ORGANUM_GUARD_ACTIVE

#include <atomic>

#include <dlfcn.h>

#define ORGANUM_REPLACES __attribute__((visibility("default"), used))

namespace organum::support::hooks
{

using Counter = std::uint32_t RealtimeCounts::*;

bool isArmed();

/** While one lives, the thread's guard rests. */
class Rest
{
public:
    Rest();
    ~Rest();
    Rest(const Rest&) = delete;
    Rest& operator=(const Rest&) = delete;

private:
    bool wasArmed;
};

/** Counts and notes down who called, on an armed thread. */
void countArmed(Counter counter, bool contended);

inline void count(Counter counter)
{
    if (isArmed())
        countArmed(counter, false);
}

/** The C library's own function, found once. `version` where a plain dlsym() may give one of other
    times: on x86-64 the condition variables of 2002. */
template <typename Function>
Function original(std::atomic<Function>& cached, const char* name, const char* version = nullptr)
{
    Function function = cached.load(std::memory_order_relaxed);
    if (function == nullptr) {
        const Rest rest;
        void* found = version != nullptr ? dlvsym(RTLD_NEXT, name, version) : nullptr;
        if (found == nullptr)
            found = dlsym(RTLD_NEXT, name);
        function = reinterpret_cast<Function>(found);
        cached.store(function, std::memory_order_relaxed);
    }
    return function;
}

} // namespace organum::support::hooks

/** Replaces one function: counts, then calls the C library's. `throwing` is noexcept where the C
    library's header says so, else empty. */
#define ORGANUM_HOOK_VERSION(counter, result, name, parameters, arguments, throwing, version)      \
    ORGANUM_REPLACES result name parameters throwing                                               \
    {                                                                                              \
        using Function = result(*) parameters;                                                     \
        static std::atomic<Function> next{nullptr};                                                \
        organum::support::hooks::count(&organum::support::RealtimeCounts::counter);                \
        return organum::support::hooks::original<Function>(next, #name, version) arguments;        \
    }
#define ORGANUM_HOOK(counter, result, name, parameters, arguments, throwing)                       \
    ORGANUM_HOOK_VERSION(counter, result, name, parameters, arguments, throwing, nullptr)

#endif
