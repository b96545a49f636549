#include "Standalone/QuitSignals.h"

#include <csignal>

namespace organum::standalone
{

namespace
{

volatile std::sig_atomic_t lastSignal = 0;

void note(int signal)
{
    lastSignal = signal;
    std::signal(signal, SIG_DFL);
}

} // namespace

QuitSignals::QuitSignals(std::initializer_list<int> signals)
{
    lastSignal = 0;
    for (const int signal : signals) {
        if (count == most)
            break;
        const auto earlier = std::signal(signal, note);
        if (earlier == SIG_IGN)
            std::signal(signal, SIG_IGN);
        numbers[count] = signal;
        before[count++] = earlier;
    }
}

QuitSignals::~QuitSignals()
{
    for (int i = 0; i < count; ++i)
        if (before[i] != SIG_ERR)
            std::signal(numbers[i], before[i]);
}

int QuitSignals::seen()
{
    return lastSignal;
}

} // namespace organum::standalone
