#pragma once

// Passes immutable objects to the audio thread without lock or wait, and takes the old ones back so
// that they are freed elsewhere. One object waits, one is in use, one may be on its way back.

#include <atomic>
#include <memory>
#include <mutex>

namespace organum::player
{

template <typename Object>
class HandOver
{
public:
    HandOver() = default;
    HandOver(const HandOver&) = delete;
    HandOver& operator=(const HandOver&) = delete;

    /** No audio thread may be running any more. */
    ~HandOver()
    {
        delete waiting.exchange(nullptr);
        delete returned.exchange(nullptr);
        delete inUse;
    }

    /** Any thread but the audio thread. Replaces an object that was not yet taken. */
    void publish(std::unique_ptr<const Object> object)
    {
        const std::lock_guard<std::mutex> lock(publishers);
        delete waiting.exchange(object.release(), std::memory_order_acq_rel);
        delete returned.exchange(nullptr, std::memory_order_acq_rel);
    }

    /** Frees what the audio thread gave back. Any thread but the audio thread. */
    void collect()
    {
        const std::lock_guard<std::mutex> lock(publishers);
        delete returned.exchange(nullptr, std::memory_order_acq_rel);
    }

    /** Audio thread; wait-free. */
    const Object* current() const { return inUse; }

    /** Audio thread; wait-free. The object that waits to be taken, for a look; only valid until
        the next publish(), so no more than "is there one" may be asked. */
    bool isWaiting() const { return waiting.load(std::memory_order_acquire) != nullptr; }

    /** Audio thread; wait-free. Takes the waiting object into use; false when there is none, or
        when the last one given back has not been collected yet (it then stays waiting). */
    bool take()
    {
        if (inUse != nullptr && returned.load(std::memory_order_acquire) != nullptr)
            return false;
        const Object* next = waiting.exchange(nullptr, std::memory_order_acq_rel);
        if (next == nullptr)
            return false;
        if (inUse != nullptr)
            returned.store(inUse, std::memory_order_release);
        inUse = next;
        return true;
    }

private:
    std::mutex publishers; // never touched by the audio thread
    std::atomic<const Object*> waiting{nullptr};
    std::atomic<const Object*> returned{nullptr};
    const Object* inUse = nullptr;
};

} // namespace organum::player
