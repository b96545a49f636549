#include "Training/Loop/Progress.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>

namespace organum::training
{

std::string durationText(double seconds)
{
    const auto total = static_cast<long long>(std::max(0.0, std::round(seconds)));
    char text[32];
    if (total >= 3600)
        std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", total / 3600, total / 60 % 60,
                      total % 60);
    else
        std::snprintf(text, sizeof text, "%lld:%02lld", total / 60, total % 60);
    return text;
}

ConsoleProgress::ConsoleProgress(std::ostream& streamIn, bool terminalIn,
                                 double secondsBetweenLinesIn)
    : stream(streamIn)
    , terminal(terminalIn)
    , secondsBetweenLines(secondsBetweenLinesIn)
{
}

ConsoleProgress::~ConsoleProgress()
{
    if (lineIsOpen)
        stream << std::endl;
}

void ConsoleProgress::clearLine()
{
    if (lineIsOpen)
        stream << "\r\x1b[K";
    lineIsOpen = false;
}

void ConsoleProgress::message(const std::string& text)
{
    clearLine();
    stream << text << std::endl;
}

void ConsoleProgress::advance(const std::string& task, double done, double total,
                              const std::string& unit, const std::string& status)
{
    const auto now = Clock::now();
    if (task != currentTask) {
        currentTask = task;
        taskStart = lastShown = now;
        doneAtStart = done;
    }
    const std::chrono::duration<double> sinceShown = now - lastShown;
    if (sinceShown.count() < (terminal ? 0.1 : secondsBetweenLines))
        return;
    lastShown = now;

    const std::chrono::duration<double> elapsed = now - taskStart;
    const auto rate = elapsed.count() > 0.0 ? (done - doneAtStart) / elapsed.count() : 0.0;
    const auto left = rate > 0.0 ? durationText((total - done) / rate) : std::string("?");
    char numbers[160];
    std::snprintf(numbers, sizeof numbers, "%.0f/%.0f %s, %.1f/s, %s left", done, total,
                  unit.c_str(), rate, left.c_str());
    if (!terminal) {
        stream << task << ": " << numbers << "  " << status << std::endl;
        return;
    }
    constexpr int width = 24;
    const auto filled =
        total > 0.0 ? static_cast<int>(std::clamp(done / total, 0.0, 1.0) * width) : 0;
    std::string bar(static_cast<std::size_t>(filled), '#');
    bar.resize(width, '.');
    stream << "\r\x1b[K" << task << " [" << bar << "] " << numbers << "  " << status << std::flush;
    lineIsOpen = true;
}

} // namespace organum::training
