#pragma once

// Signals that ask the program to end, e.g. when its terminal is closed: noted, so that it ends its
// notes and keeps its music first.

#include <initializer_list>

namespace organum::standalone
{

/** Notes the signals while it lives. A second one of a kind ends the program as usual; what is
    ignored, as SIGHUP under nohup, stays ignored. One a process. */
class QuitSignals
{
public:
    explicit QuitSignals(std::initializer_list<int> signals);
    ~QuitSignals();
    QuitSignals(const QuitSignals&) = delete;
    QuitSignals& operator=(const QuitSignals&) = delete;

    /** The last one; 0: none. Any thread. */
    static int seen();

private:
    static constexpr int most = 4;
    int numbers[most] = {};
    void (*before[most])(int) = {};
    int count = 0;
};

} // namespace organum::standalone
