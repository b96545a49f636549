#include "Live/Sender.h"

#include <algorithm>
#include <utility>

namespace organum::live
{

namespace
{

constexpr double lookInterval = 0.3; ///< seconds
constexpr double longestSleep = 0.1; ///< seconds; a request waits no longer, even if a wake is lost
/** A look takes a tenth of a millisecond; it may wait for a pause between messages, but not for
    ever. */
constexpr double quietTime = 0.002;
constexpr double longestWait = 1.0;

} // namespace

Sender::Sender(Outlet& outletIn)
    : outlet(outletIn)
    , thread([this] { run(); })
{
}

Sender::~Sender()
{
    stopping = true;
    alarm.wake();
    thread.join();
}

bool Sender::push(const Message& message)
{
    return queue.push(message);
}

void Sender::silence(std::function<void()> job)
{
    std::unique_lock<std::mutex> lock(requests);
    wantedJob = std::move(job);
    wantsSilence = true;
    alarm.wake();
    answered.wait(lock, [this] { return !wantsSilence; });
}

void Sender::run()
{
    hurryThisThread();
    nextLook = nowSeconds() + lookInterval;
    while (!stopping) {
        beSilent();
        sendDue();
        lookAtOutlet();
        double until = std::min(nextLook, nowSeconds() + longestSleep);
        Message next;
        if (queue.peek(next))
            until = std::min(until, next.due);
        if (until > nowSeconds())
            alarm.sleepUntil(until);
    }
    sounding.release(nowSeconds(), [this](const Message& off) { outlet.send(off); });
}

void Sender::beSilent()
{
    const std::lock_guard<std::mutex> lock(requests);
    if (!wantsSilence)
        return;
    Message dropped;
    while (queue.pop(dropped)) {
    }
    if (!lost)
        sounding.release(nowSeconds(), [this](const Message& off) { outlet.send(off); });
    if (wantedJob)
        std::exchange(wantedJob, {})();
    wantsSilence = false;
    answered.notify_all();
}

void Sender::sendDue()
{
    Message message;
    while (!stopping && queue.peek(message)) {
        const double now = nowSeconds();
        if (message.due > now)
            return;
        queue.drop();
        lastLateness = now - message.due;
        send(message);
    }
}

void Sender::send(const Message& message)
{
    sounding.note(message);
    if (!lost)
        outlet.send(message);
}

void Sender::lookAtOutlet()
{
    const double now = nowSeconds();
    if (now < nextLook)
        return;
    Message next;
    if (now < latestLook && queue.peek(next) && next.due < now + quietTime) {
        nextLook = next.due;
        return;
    }
    nextLook = now + lookInterval;
    latestLook = nextLook + longestWait;
    const auto change = outlet.look();
    if (change == Outlet::Change::lost) {
        lost = true;
        orphans.add(sounding);
    } else if (change == Outlet::Change::returned) {
        lost = false;
        // Begun before the loss or during it: their ends may never have been heard.
        orphans.add(sounding);
        sounding = {};
        orphans.release(nowSeconds(), [this](const Message& off) { outlet.send(off); });
        ++returnCount;
    }
}

} // namespace organum::live
