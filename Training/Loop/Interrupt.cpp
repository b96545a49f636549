#include "Training/Loop/Interrupt.h"

namespace organum::training
{
namespace
{

volatile std::sig_atomic_t signalSeen = 0;

void noteSignal(int)
{
    signalSeen = 1;
}

} // namespace

Interrupt::Interrupt()
{
    signalSeen = 0;
    struct sigaction action = {};
    action.sa_handler = noteSignal;
    // SA_RESETHAND: a second signal finds the default action and ends a program that hangs.
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &earlierInt);
    sigaction(SIGTERM, &action, &earlierTerm);
    sigaction(SIGHUP, nullptr, &earlierHangUp);
    if (earlierHangUp.sa_handler != SIG_IGN)
        sigaction(SIGHUP, &action, nullptr);
}

Interrupt::~Interrupt()
{
    sigaction(SIGINT, &earlierInt, nullptr);
    sigaction(SIGTERM, &earlierTerm, nullptr);
    sigaction(SIGHUP, &earlierHangUp, nullptr);
}

bool Interrupt::requested() const
{
    return signalSeen != 0;
}

} // namespace organum::training
