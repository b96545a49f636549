#pragma once

// The one thread on which networks run, whoever asks: LibTorch keeps thread pools and caches for
// every thread that calls it, and plugins come and go. Tasks advance in small steps, so that an
// urgent one never waits for a long one to end.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace organum::engine
{

/** Something to do in steps. */
class Task
{
public:
    explicit Task(int urgencyIn)
        : urgency(urgencyIn)
    {
    }
    virtual ~Task() = default;
    /** On the worker's thread. Returns whether anything is left to do; must not throw. A cancelled
        task is stepped once more, so that it can say so. */
    virtual bool step() = 0;

    void cancel() { cancelWish.store(true); }
    bool isCancelled() const { return cancelWish.load(); }

    const int urgency; ///< higher first

private:
    std::atomic<bool> cancelWish{false};
};

class Worker
{
public:
    /** Starts the thread, which calls `prepare` first. Throws std::system_error. */
    explicit Worker(std::function<void()> prepare);
    /** Finishes the step under way, drops what is queued and joins the thread. */
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /** Queues a task: higher urgency first, then first come, first served. Any thread. */
    void submit(std::shared_ptr<Task> task);

    /** How many steps have ended. It stands still while there is nothing to do, or when a step
        never ends. Any thread. */
    std::uint64_t endedSteps() const { return steps.load(); }

private:
    void run();
    std::shared_ptr<Task> next() const;

    std::mutex mutex;
    std::condition_variable somethingNew;
    std::vector<std::shared_ptr<Task>> queue; ///< in order of arrival
    bool stopping = false;
    std::atomic<std::uint64_t> steps{0};
    std::function<void()> prepareThread;
    std::thread thread;
};

} // namespace organum::engine
