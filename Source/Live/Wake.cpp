#include "Live/Wake.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <thread>

#if defined(__linux__)
#include <ctime>
#include <pthread.h>
#include <sys/prctl.h>
#endif

namespace organum::live
{

#if defined(__linux__)

Wake::Wake()
{
    sem_init(&semaphore, 0, 0);
}

Wake::~Wake()
{
    sem_destroy(&semaphore);
}

void Wake::wake()
{
    sem_post(&semaphore);
}

void Wake::sleepUntil(double seconds)
{
    timespec moment{};
    moment.tv_sec = static_cast<time_t>(std::floor(seconds));
    moment.tv_nsec = static_cast<long>((seconds - std::floor(seconds)) * 1.0e9);
    while (sem_clockwait(&semaphore, CLOCK_MONOTONIC, &moment) != 0 && errno == EINTR) {
    }
    while (sem_trywait(&semaphore) == 0) {
    }
}

void hurryThisThread()
{
    prctl(PR_SET_TIMERSLACK, 1UL); // nanoseconds; the usual 50,000 would be audible in a clock
    sched_param wanted{};
    wanted.sched_priority = 10; // below JACK's and the sound card's threads
    pthread_setschedparam(pthread_self(), SCHED_FIFO, &wanted);
}

#else

Wake::Wake() = default;
Wake::~Wake() = default;

void Wake::wake() {}

void Wake::sleepUntil(double seconds)
{
    // Without a semaphore that can be timed on a steady clock: short naps, exact at the end.
    constexpr double nap = 0.001;
    std::this_thread::sleep_for(
        std::chrono::duration<double>(std::clamp(seconds - nowSeconds(), 0.0, nap)));
}

void hurryThisThread() {}

#endif

} // namespace organum::live
