#pragma once

// Turns the first SIGINT, SIGTERM or SIGHUP (a terminal that is closed) into a question the loop
// can ask; the second one kills as usual. Where SIGHUP is ignored, as under nohup, it stays so.

#include <csignal>
#include <stdexcept>

namespace organum::training
{

/** Ends work that was interrupted and keeps nothing. */
class InterruptedError : public std::runtime_error
{
public:
    InterruptedError()
        : std::runtime_error("interrupted; nothing was written.")
    {
    }
};

/** Catches the signals while it lives, then puts the earlier handlers back. At most one a
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
    struct sigaction earlierHangUp = {};
};

} // namespace organum::training
