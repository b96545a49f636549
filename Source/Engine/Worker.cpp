#include "Engine/Worker.h"

#include <algorithm>

namespace organum::engine
{

Worker::Worker(std::function<void()> prepare)
    : prepareThread(std::move(prepare))
    , thread([this] { run(); })
{
}

Worker::~Worker()
{
    {
        const std::lock_guard<std::mutex> lock(mutex);
        stopping = true;
    }
    somethingNew.notify_all();
    thread.join();
}

void Worker::submit(std::shared_ptr<Task> task)
{
    {
        const std::lock_guard<std::mutex> lock(mutex);
        queue.push_back(std::move(task));
    }
    somethingNew.notify_all();
}

std::shared_ptr<Task> Worker::next() const
{
    // A cancelled task goes first: its owner may be waiting to leave.
    const auto rank = [](const std::shared_ptr<Task>& task) {
        return std::make_pair(task->isCancelled(), task->urgency);
    };
    return *std::max_element(queue.begin(), queue.end(),
                             [&rank](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

void Worker::run()
{
    prepareThread();
    std::unique_lock<std::mutex> lock(mutex);
    while (true) {
        somethingNew.wait(lock, [this] { return stopping || !queue.empty(); });
        if (stopping)
            return;
        auto task = next();
        lock.unlock();
        const bool more = task->step();
        ++steps;
        lock.lock();
        if (!more)
            queue.erase(std::find(queue.begin(), queue.end(), task));
        // What a task holds may take long to free.
        lock.unlock();
        task.reset();
        lock.lock();
    }
}

} // namespace organum::engine
