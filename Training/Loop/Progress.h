#pragma once

// What a long computation tells its user: a bar with rate and time left on a terminal, plain lines
// elsewhere, nothing in tests.

#include <chrono>
#include <iosfwd>
#include <string>

namespace organum::training
{

/** Takes reports from the thread that computes. The base class is silent. */
class Progress
{
public:
    virtual ~Progress() = default;
    /** One sentence that shall stay readable. */
    virtual void message(const std::string& text) { (void) text; }
    /** `done` of `total` units ("steps") of `task`; `status` is e.g. the current loss. Cheap:
        call it for every unit. */
    virtual void advance(const std::string& task, double done, double total,
                         const std::string& unit, const std::string& status)
    {
        (void) task, (void) done, (void) total, (void) unit, (void) status;
    }
};

/** Writes to a stream. On a terminal one line is redrawn at most ten times a second; otherwise a
    line is written every `secondsBetweenLines`. */
class ConsoleProgress : public Progress
{
public:
    ConsoleProgress(std::ostream& streamIn, bool terminalIn, double secondsBetweenLinesIn = 10.0);
    ~ConsoleProgress() override;

    void message(const std::string& text) override;
    void advance(const std::string& task, double done, double total, const std::string& unit,
                 const std::string& status) override;

private:
    using Clock = std::chrono::steady_clock;
    void clearLine();

    std::ostream& stream;
    const bool terminal;
    const double secondsBetweenLines;
    std::string currentTask;
    Clock::time_point taskStart;
    double doneAtStart = 0.0;
    Clock::time_point lastShown;
    bool lineIsOpen = false;
};

/** "1:02:03", "2:03". */
std::string durationText(double seconds);

} // namespace organum::training
