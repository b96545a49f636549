#include "Support/RealtimeGuard.h"

#include "Support/RealtimeHooks.h"
#include "Support/Symbols.h"

#include <algorithm>
#include <array>

#if ORGANUM_GUARD_ACTIVE
#include <unwind.h>
#endif

namespace organum::support
{

namespace
{

constexpr std::size_t depth = 8;
constexpr std::size_t mostPlaces = 192;

/** One chain of calls that ended in something counted. */
struct Place
{
    std::uint32_t RealtimeCounts::*counter = nullptr;
    std::array<void*, depth> frames{};
    std::uint32_t count = 0;
    std::uint32_t contended = 0;
};

// Plain data with constant initialisation: reaching it must never allocate by itself.
struct ThreadState
{
    bool armed = false;
    RealtimeCounts counts;
    std::array<Place, mostPlaces> places{};
    std::size_t usedPlaces = 0;
};

#if defined(__GNUC__)
__attribute__((tls_model("initial-exec")))
#endif
thread_local ThreadState threadState;

struct Word
{
    std::uint32_t RealtimeCounts::*counter;
    const char* one;
    const char* many;
};

constexpr Word words[] = {{&RealtimeCounts::allocations, "allocation", "allocations"},
                          {&RealtimeCounts::frees, "free", "frees"},
                          {&RealtimeCounts::locks, "lock", "locks"},
                          {&RealtimeCounts::waits, "wait", "waits"},
                          {&RealtimeCounts::wakes, "wake", "wakes"},
                          {&RealtimeCounts::files, "file operation", "file operations"}};

const char* wordOf(std::uint32_t RealtimeCounts::*counter)
{
    for (const Word& word : words)
        if (word.counter == counter)
            return word.one;
    return "";
}

/** What merely passes a call on: the name of who asked for it is wanted. */
bool isThin(const std::string& function)
{
    for (const char* part :
         {"organum::support::hooks", "operator new", "operator delete", "CriticalSection::enter",
          "CriticalSection::tryEnter", "GenericScopedLock", "std::mutex::lock", "__gthread",
          "std::lock_guard", "std::unique_lock", "std::allocator", "__gnu_cxx::new_allocator",
          "std::condition_variable::"})
        if (function.find(part) != std::string::npos)
            return true;
    return function.rfind("pthread_", 0) == 0 || function == "malloc" || function == "free" ||
           function == "calloc" || function == "realloc";
}

Offence offenceAt(const Place& place)
{
    Offence offence;
    offence.what = wordOf(place.counter);
    offence.count = place.count;
    offence.contended = place.contended;
    for (void* frame : place.frames) {
        if (frame == nullptr)
            break;
        // A return address lies behind the call, which may be a function's last instruction.
        const Symbol symbol = symbolAt(static_cast<const char*>(frame) - 1);
        if (!offence.function.empty()) {
            offence.caller = symbol.function;
            break;
        }
        if (isThin(symbol.function))
            continue;
        offence.function = symbol.function;
        offence.binary = symbol.binary;
    }
    return offence;
}

} // namespace

std::string RealtimeCounts::toString() const
{
    std::string text;
    for (const Word& word : words) {
        const std::uint32_t count = this->*word.counter;
        if (count == 0)
            continue;
        if (!text.empty())
            text += ", ";
        text += std::to_string(count) + " " + (count == 1 ? word.one : word.many);
    }
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

std::vector<Offence> offences()
{
    std::vector<Offence> result;
    for (std::size_t i = 0; i < threadState.usedPlaces; ++i) {
        const Offence offence = offenceAt(threadState.places[i]);
        const auto same = std::find_if(result.begin(), result.end(), [&](const Offence& other) {
            return other.what == offence.what && other.function == offence.function &&
                   other.caller == offence.caller && other.binary == offence.binary;
        });
        if (same == result.end()) {
            result.push_back(offence);
        } else {
            same->count += offence.count;
            same->contended += offence.contended;
        }
    }
    return result;
}

void forgetOffences()
{
    threadState.usedPlaces = 0;
}

std::string describeOffences()
{
    std::string text;
    for (const Offence& each : offences())
        text += std::to_string(each.count) + " x " + each.what + " in " + each.function +
                " called by " + each.caller + " (" + each.binary + ")" +
                (each.contended > 0 ? ", " + std::to_string(each.contended) + " contended" : "") +
                "\n";
    return text;
}

#if ORGANUM_GUARD_ACTIVE

namespace hooks
{

namespace
{

struct Walk
{
    std::array<void*, depth> frames{};
    std::size_t skip = 2; ///< countArmed() itself and the replacement that called it
    std::size_t used = 0;
};

_Unwind_Reason_Code step(_Unwind_Context* context, void* data)
{
    auto& walk = *static_cast<Walk*>(data);
    if (walk.skip > 0) {
        --walk.skip;
        return _URC_NO_REASON;
    }
    walk.frames[walk.used++] = reinterpret_cast<void*>(_Unwind_GetIP(context));
    return walk.used == depth ? _URC_END_OF_STACK : _URC_NO_REASON;
}

} // namespace

bool isArmed()
{
    return threadState.armed;
}

Rest::Rest()
    : wasArmed(threadState.armed)
{
    threadState.armed = false;
}

Rest::~Rest()
{
    threadState.armed = wasArmed;
}

__attribute__((noinline)) void countArmed(Counter counter, bool contended)
{
    const Rest rest; // finding the frames may take memory the first time
    ++(threadState.counts.*counter);
    if (contended)
        ++threadState.counts.contended;
    Walk walk;
    _Unwind_Backtrace(step, &walk);
    auto& places = threadState.places;
    std::size_t i = 0;
    while (i < threadState.usedPlaces &&
           (places[i].counter != counter || places[i].frames != walk.frames))
        ++i;
    if (i == mostPlaces)
        return;
    if (i == threadState.usedPlaces) {
        places[i] = {counter, walk.frames, 0, 0};
        ++threadState.usedPlaces;
    }
    ++places[i].count;
    if (contended)
        ++places[i].contended;
}

} // namespace hooks

#endif

} // namespace organum::support
