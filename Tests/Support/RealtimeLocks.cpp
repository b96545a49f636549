// The guard's replacements of locks, of what waits, and of what wakes others.

#include "Support/RealtimeHooks.h"

#if ORGANUM_GUARD_ACTIVE

#include <cstdarg>
#include <ctime>

#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using Counts = organum::support::RealtimeCounts;
using namespace organum::support;

namespace
{

using MutexFunction = int (*)(pthread_mutex_t*);

int tryMutex(pthread_mutex_t* mutex)
{
    static std::atomic<MutexFunction> next{nullptr};
    return hooks::original(next, "pthread_mutex_trylock")(mutex);
}

} // namespace

extern "C" {

/** On an armed thread it is tried first, so that the guard can say whether somebody held it. */
ORGANUM_REPLACES int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept
{
    static std::atomic<MutexFunction> next{nullptr};
    if (hooks::isArmed()) {
        const int status = tryMutex(mutex);
        hooks::countArmed(&Counts::locks, status != 0);
        if (status == 0)
            return 0;
    }
    return hooks::original(next, "pthread_mutex_lock")(mutex);
}

ORGANUM_REPLACES int pthread_mutex_trylock(pthread_mutex_t* mutex) noexcept
{
    const int status = tryMutex(mutex);
    if (hooks::isArmed())
        hooks::countArmed(&Counts::locks, status != 0);
    return status;
}

ORGANUM_HOOK(locks, int, pthread_mutex_timedlock, (pthread_mutex_t * lock, const timespec* until),
             (lock, until), noexcept)
ORGANUM_HOOK(locks, int, pthread_mutex_clocklock,
             (pthread_mutex_t * lock, clockid_t clock, const timespec* until), (lock, clock, until),
             noexcept)
ORGANUM_HOOK(locks, int, pthread_rwlock_rdlock, (pthread_rwlock_t * lock), (lock), noexcept)
ORGANUM_HOOK(locks, int, pthread_rwlock_wrlock, (pthread_rwlock_t * lock), (lock), noexcept)
ORGANUM_HOOK(locks, int, pthread_rwlock_tryrdlock, (pthread_rwlock_t * lock), (lock), noexcept)
ORGANUM_HOOK(locks, int, pthread_rwlock_trywrlock, (pthread_rwlock_t * lock), (lock), noexcept)
ORGANUM_HOOK(locks, int, pthread_rwlock_timedrdlock,
             (pthread_rwlock_t * lock, const timespec* until), (lock, until), noexcept)
ORGANUM_HOOK(locks, int, pthread_rwlock_timedwrlock,
             (pthread_rwlock_t * lock, const timespec* until), (lock, until), noexcept)
ORGANUM_HOOK(locks, int, pthread_spin_lock, (pthread_spinlock_t * lock), (lock), noexcept)
ORGANUM_HOOK(locks, int, pthread_spin_trylock, (pthread_spinlock_t * lock), (lock), noexcept)

ORGANUM_HOOK_VERSION(waits, int, pthread_cond_wait,
                     (pthread_cond_t * condition, pthread_mutex_t* lock), (condition, lock), ,
                     "GLIBC_2.3.2")
ORGANUM_HOOK_VERSION(waits, int, pthread_cond_timedwait,
                     (pthread_cond_t * condition, pthread_mutex_t* lock, const timespec* until),
                     (condition, lock, until), , "GLIBC_2.3.2")
ORGANUM_HOOK(waits, int, pthread_cond_clockwait,
             (pthread_cond_t * condition, pthread_mutex_t* lock, clockid_t clock,
              const timespec* until),
             (condition, lock, clock, until), )
ORGANUM_HOOK_VERSION(wakes, int, pthread_cond_signal, (pthread_cond_t * condition), (condition),
                     noexcept, "GLIBC_2.3.2")
ORGANUM_HOOK_VERSION(wakes, int, pthread_cond_broadcast, (pthread_cond_t * condition), (condition),
                     noexcept, "GLIBC_2.3.2")
ORGANUM_HOOK(waits, int, pthread_barrier_wait, (pthread_barrier_t * barrier), (barrier), noexcept)
ORGANUM_HOOK(waits, int, pthread_join, (pthread_t thread, void** result), (thread, result), )
ORGANUM_HOOK(wakes, int, pthread_create,
             (pthread_t * thread, const pthread_attr_t* attributes, void* (*start)(void*),
              void* argument),
             (thread, attributes, start, argument), noexcept)

ORGANUM_HOOK(waits, int, sem_wait, (sem_t * semaphore), (semaphore), )
ORGANUM_HOOK(waits, int, sem_timedwait, (sem_t * semaphore, const timespec* until),
             (semaphore, until), )
ORGANUM_HOOK(waits, int, sem_trywait, (sem_t * semaphore), (semaphore), noexcept)
ORGANUM_HOOK(wakes, int, sem_post, (sem_t * semaphore), (semaphore), noexcept)

ORGANUM_HOOK(waits, int, nanosleep, (const timespec* asked, timespec* left), (asked, left), )
ORGANUM_HOOK(waits, int, clock_nanosleep,
             (clockid_t clock, int flags, const timespec* asked, timespec* left),
             (clock, flags, asked, left), )
ORGANUM_HOOK(waits, int, usleep, (useconds_t microseconds), (microseconds), )
ORGANUM_HOOK(waits, unsigned, sleep, (unsigned seconds), (seconds), )
ORGANUM_HOOK(waits, int, sched_yield, (), (), noexcept)
ORGANUM_HOOK(waits, int, poll, (pollfd * files, nfds_t number, int timeout),
             (files, number, timeout), )
ORGANUM_HOOK(waits, int, ppoll,
             (pollfd * files, nfds_t number, const timespec* timeout, const sigset_t* signals),
             (files, number, timeout, signals), )
ORGANUM_HOOK(waits, int, select,
             (int number, fd_set* in, fd_set* out, fd_set* errors, timeval* timeout),
             (number, in, out, errors, timeout), )
ORGANUM_HOOK(waits, int, epoll_wait, (int file, epoll_event* events, int most, int timeout),
             (file, events, most, timeout), )
ORGANUM_HOOK(waits, pid_t, waitpid, (pid_t process, int* status, int options),
             (process, status, options), )

/** Futexes have no function of their own. */
ORGANUM_REPLACES long syscall(long number, ...) noexcept
{
    using Function = long (*)(long, ...);
    static std::atomic<Function> next{nullptr};
    va_list list;
    va_start(list, number);
    long arguments[6];
    for (long& argument : arguments)
        argument = va_arg(list, long);
    va_end(list);
    if (number == SYS_futex) {
        const long operation = arguments[1] & FUTEX_CMD_MASK;
        const bool wakes =
            operation == FUTEX_WAKE || operation == FUTEX_WAKE_BITSET || operation == FUTEX_WAKE_OP;
        hooks::count(wakes ? &Counts::wakes : &Counts::waits);
    }
    return hooks::original(next, "syscall")(number, arguments[0], arguments[1], arguments[2],
                                            arguments[3], arguments[4], arguments[5]);
}
}

#endif
