#pragma once

// While it lives, what libraries print on standard error goes nowhere: RtMidi, JACK, ALSA and
// FluidSynth print besides telling, and our own sentence says it all. It holds for the whole
// process, so keep it short.

#include <fcntl.h>
#include <unistd.h>

namespace organum::live
{

class QuietErrors
{
public:
    QuietErrors()
        : saved(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3))
    {
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (saved >= 0 && nowhere >= 0)
            ::dup2(nowhere, STDERR_FILENO);
        if (nowhere >= 0)
            ::close(nowhere);
    }
    ~QuietErrors()
    {
        if (saved < 0)
            return;
        ::dup2(saved, STDERR_FILENO);
        ::close(saved);
    }
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;

private:
    const int saved;
};

} // namespace organum::live
