#pragma once

// Where the sender's messages go.

#include "Live/Message.h"

namespace organum::live
{

class Outlet
{
public:
    enum class Change
    {
        none,
        lost,    ///< nobody hears what is sent
        returned ///< there again; whoever listens may know nothing of before
    };

    virtual ~Outlet() = default;
    /** The sender's thread. Never throws. */
    virtual void send(const Message& message) = 0;
    /** The sender's thread, some times a second: whether the other side is still there, and another
        attempt to reach it when it is not. */
    virtual Change look() = 0;
};

} // namespace organum::live
