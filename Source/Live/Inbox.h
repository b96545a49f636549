#pragma once

// What came in at a port, for one reader such as the audio thread. A port that goes away ends the
// notes that it held, and stops its clock.

#include "Live/HeldKeys.h"
#include "Live/Queue.h"

namespace organum::live
{

class Inbox
{
public:
    /** The port's thread. Takes no memory and no locks. */
    void receive(const Message& message)
    {
        held.note(message);
        queue.push(message);
    }

    /** After the port is closed, so that its thread is gone. */
    void portWentAway()
    {
        const double now = nowSeconds();
        held.release(now, [this](const Message& off) { queue.push(off); });
        queue.push(shortMessage(now, clockStop));
    }

    /** The reader: the earliest message; false when there is none. */
    bool pop(Message& message) { return queue.pop(message); }

private:
    HeldKeys held;
    Queue queue;
};

} // namespace organum::live
