#pragma once

// The one thread that sends: it sleeps until each message's own moment, so that neither an audio
// block's length nor a busy main thread is heard in the rhythm. It knows which notes sound, and
// ends them when it stops, when it is told to be silent and when a lost port has returned.

#include "Live/HeldKeys.h"
#include "Live/Outlet.h"
#include "Live/Queue.h"
#include "Live/Wake.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

namespace organum::live
{

class Sender
{
public:
    explicit Sender(Outlet& outletIn);
    /** Ends every sounding note, then the thread. */
    ~Sender();
    Sender(const Sender&) = delete;
    Sender& operator=(const Sender&) = delete;

    /** Leaves a message to be sent when it is due. Messages come in the order of their times, from
        one thread. Neither allocates nor waits. False when the queue had no room. */
    bool push(const Message& message);
    /** Pushed messages are seen now, not at the end of the present sleep. Audio threads too. */
    void wake() { alarm.wake(); }

    /** Drops what waits, ends what sounds, then runs `job` on the sender's thread, and returns when
        that is done. Not on an audio thread. */
    void silence(std::function<void()> job = {});

    /** How late the last message was sent, in seconds; any thread. */
    double lateness() const { return lastLateness; }
    /** How often a lost port has come back: what listens there has forgotten where the music is.
       Any thread. */
    std::uint32_t returns() const { return returnCount; }

private:
    void run();
    void sendDue();
    void send(const Message& message);
    void lookAtOutlet();
    void beSilent();

    Outlet& outlet;
    Queue queue;
    Wake alarm;
    HeldKeys sounding;
    HeldKeys orphans; ///< sounded when the port was lost
    bool lost = false;
    double nextLook = 0.0;
    double latestLook = 0.0;
    std::atomic<double> lastLateness{0.0};
    std::atomic<std::uint32_t> returnCount{0};

    std::mutex requests;
    std::condition_variable answered;
    std::function<void()> wantedJob;
    bool wantsSilence = false;

    std::atomic<bool> stopping{false};
    std::thread thread;
};

} // namespace organum::live
