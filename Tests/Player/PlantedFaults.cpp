#include "PlantedFaults.h"

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <linux/futex.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace organum::test
{

namespace
{

using Counts = support::RealtimeCounts;

// The optimiser removes an allocation that nobody can see.
void* volatile escaped = nullptr;
volatile ssize_t bytesMoved = 0;

// Made beforehand: the faults alone shall count.
std::mutex mutex;
std::timed_mutex timedMutex;
std::shared_timed_mutex sharedMutex;
std::condition_variable condition;
pthread_spinlock_t spin = [] {
    pthread_spinlock_t made{};
    pthread_spin_init(&made, PTHREAD_PROCESS_PRIVATE);
    return made;
}();
sem_t semaphore = [] {
    sem_t made;
    sem_init(&made, 0, 100);
    return made;
}();
const int null = open("/dev/null", O_RDWR);
const int watch = epoll_create1(0);
FILE* const nullFile = std::fopen("/dev/null", "w");

void give(void* memory)
{
    escaped = memory;
    std::free(escaped);
}

void lockFor(std::unique_lock<std::mutex>& lock)
{
    condition.wait_for(lock, std::chrono::microseconds(1));
}

timespec soon()
{
    timespec time{};
    clock_gettime(CLOCK_REALTIME, &time);
    return time;
}

timespec moment{0, 1000};
timeval shortly{0, 1};
int futexWord = 0;

} // namespace

const std::vector<PlantedFault>& plantedFaults()
{
    static const std::vector<PlantedFault> faults = {
        {"malloc", &Counts::allocations, 1, [] { give(std::malloc(100)); }},
        {"calloc", &Counts::allocations, 1, [] { give(std::calloc(10, 10)); }},
        {"realloc", &Counts::allocations, 2, [] { give(std::realloc(std::malloc(10), 5000)); }},
        {"free", &Counts::frees, 1, [] { give(std::malloc(100)); }},
        {"posix_memalign", &Counts::allocations, 1,
         [] {
             void* memory = nullptr;
             if (posix_memalign(&memory, 64, 128) == 0)
                 give(memory);
         }},
        {"aligned_alloc", &Counts::allocations, 1, [] { give(std::aligned_alloc(64, 128)); }},
        {"memalign", &Counts::allocations, 1, [] { give(memalign(64, 128)); }},
        {"new", &Counts::allocations, 1,
         [] {
             auto* number = new int(3);
             escaped = number;
             delete number;
         }},
        {"a growing vector", &Counts::allocations, 1,
         [] {
             std::vector<int> numbers;
             numbers.push_back(1);
             escaped = numbers.data();
         }},
        {"std::mutex", &Counts::locks, 1, [] { const std::lock_guard<std::mutex> lock(mutex); }},
        {"std::mutex, tried", &Counts::locks, 1,
         [] {
             if (mutex.try_lock())
                 mutex.unlock();
         }},
        {"std::timed_mutex", &Counts::locks, 1,
         [] {
             if (timedMutex.try_lock_for(std::chrono::microseconds(1)))
                 timedMutex.unlock();
         }},
        {"std::shared_mutex, for reading", &Counts::locks, 1,
         [] { const std::shared_lock<std::shared_timed_mutex> lock(sharedMutex); }},
        {"std::shared_mutex, for writing", &Counts::locks, 1,
         [] { const std::unique_lock<std::shared_timed_mutex> lock(sharedMutex); }},
        {"spin lock", &Counts::locks, 1,
         [] {
             pthread_spin_lock(&spin);
             pthread_spin_unlock(&spin);
         }},
        {"condition wait", &Counts::waits, 1,
         [] {
             std::unique_lock<std::mutex> lock(mutex);
             lockFor(lock);
         }},
        {"condition signal", &Counts::wakes, 1, [] { condition.notify_one(); }},
        {"condition broadcast", &Counts::wakes, 1, [] { condition.notify_all(); }},
        {"semaphore wait", &Counts::waits, 1, [] { sem_wait(&semaphore); }},
        {"semaphore timed wait", &Counts::waits, 1,
         [] {
             const timespec until = soon();
             sem_timedwait(&semaphore, &until);
         }},
        {"semaphore post", &Counts::wakes, 1, [] { sem_post(&semaphore); }},
        {"nanosleep", &Counts::waits, 1, [] { nanosleep(&moment, nullptr); }},
        {"clock_nanosleep", &Counts::waits, 1,
         [] { clock_nanosleep(CLOCK_MONOTONIC, 0, &moment, nullptr); }},
        {"usleep", &Counts::waits, 1, [] { usleep(1); }},
        {"sleep", &Counts::waits, 1, [] { sleep(0); }},
        {"std::this_thread::sleep_for", &Counts::waits, 1,
         [] { std::this_thread::sleep_for(std::chrono::microseconds(1)); }},
        {"yield", &Counts::waits, 1, [] { std::this_thread::yield(); }},
        {"poll", &Counts::waits, 1, [] { poll(nullptr, 0, 1); }},
        {"select", &Counts::waits, 1, [] { select(0, nullptr, nullptr, nullptr, &shortly); }},
        {"epoll_wait", &Counts::waits, 1,
         [] {
             epoll_event event{};
             epoll_wait(watch, &event, 1, 1);
         }},
        {"futex wait", &Counts::waits, 1,
         [] { syscall(SYS_futex, &futexWord, FUTEX_WAIT_PRIVATE, 1, nullptr, nullptr, 0); }},
        {"futex wake", &Counts::wakes, 1,
         [] { syscall(SYS_futex, &futexWord, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0); }},
        {"a new thread", &Counts::wakes, 1, [] { std::thread([] {}).join(); }},
        {"open and close", &Counts::files, 2, [] { close(open("/dev/null", O_RDONLY)); }},
        {"openat", &Counts::files, 2, [] { close(openat(AT_FDCWD, "/dev/null", O_RDONLY)); }},
        {"read", &Counts::files, 1,
         [] {
             char byte = 0;
             bytesMoved = read(null, &byte, 1);
         }},
        {"pread", &Counts::files, 1,
         [] {
             char byte = 0;
             bytesMoved = pread(null, &byte, 1, 0);
         }},
        {"write", &Counts::files, 1, [] { bytesMoved = write(null, "x", 1); }},
        {"fsync", &Counts::files, 1, [] { fsync(null); }},
        {"stat", &Counts::files, 1,
         [] {
             struct stat result;
             stat("/dev/null", &result);
         }},
        {"mmap", &Counts::files, 2,
         [] { munmap(mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 4096); }},
        {"fopen", &Counts::files, 2, [] { std::fclose(std::fopen("/dev/null", "r")); }},
        {"fwrite", &Counts::files, 1, [] { std::fwrite("x", 1, 1, nullFile); }},
        {"fputs", &Counts::files, 1, [] { std::fputs("text", nullFile); }},
        {"fprintf", &Counts::files, 1, [] { std::fprintf(nullFile, "%d", 3); }},
        {"std::ofstream", &Counts::files, 1,
         [] { std::ofstream("/dev/null") << "text" << std::flush; }},
    };
    return faults;
}

} // namespace organum::test

extern "C" __attribute__((visibility("default"))) const std::vector<organum::test::PlantedFault>*
organum_planted_faults()
{
    return &organum::test::plantedFaults();
}
