#pragma once

// Turns the first SIGINT or SIGTERM into a question the loop can ask; the second one kills as
// usual.

#include <csignal>

namespace organum::training
{

/** Catches the two signals while it lives, then puts the earlier handlers back. At most one a
    process at a time. */
class Interrupt
{
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    bool requested() const;

private:
    struct sigaction earlierInt = {};
    struct sigaction earlierTerm = {};
};

} // namespace organum::training
