#pragma once

// Lets a thread sleep until a moment, and another one wake it earlier without ever waiting itself:
// posting a semaphore takes no lock, so an audio thread may do it.

#include "Live/Message.h"

#if defined(__linux__)
#include <semaphore.h>
#endif

namespace organum::live
{

class Wake
{
public:
    Wake();
    ~Wake();
    Wake(const Wake&) = delete;
    Wake& operator=(const Wake&) = delete;

    /** Any thread, audio threads too. */
    void wake();
    /** Sleeps until that moment of nowSeconds(), or until woken. */
    void sleepUntil(double seconds);

private:
#if defined(__linux__)
    sem_t semaphore;
#endif
};

/** Asks the system to let the calling thread run when its time has come: exact timers, and a real
    time priority where the user may have one. Without it everything works, less exactly. */
void hurryThisThread();

} // namespace organum::live
