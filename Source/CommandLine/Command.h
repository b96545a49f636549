#pragma once

// What the commands of the `organum` program share: exit codes, the errors that lead to them and
// the way a command joins the program. Each command lives in one file named after it.

#include <CLI/CLI.hpp>

#include <cstdio>
#include <stdexcept>
#include <string>

namespace organum::commandline
{

/** What the program returns to the shell. */
enum ExitCode
{
    done = 0,
    failed = 1,       ///< a file, a disk or a model stood in the way
    badUsage = 2,     ///< an unknown option, or a value out of its range
    interrupted = 130 ///< Ctrl-C: training has saved what it reached, playing has ended its notes,
                      ///< the others wrote nothing
};

/** The work could not be done; what() says what was tried, on which file, and what to do. */
class Failure : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/** The command was asked in a wrong way; what() names the option. */
class UsageError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/** Ctrl-C ended the command before it wrote anything. */
class Interrupted : public std::runtime_error
{
public:
    Interrupted()
        : std::runtime_error("interrupted; nothing was written.")
    {
    }
};

/** How the program was called, and what it will return. */
struct Invocation
{
    std::string commandLine; ///< as typed, quoted where needed; for the record of a training run
    int exitCode = done;
};

/** Whether a stream such as stderr is a terminal. */
bool isTerminal(std::FILE* stream);

/** Adds one command. When the user chose it, its work runs while the line is parsed, and the
    result is stored in the invocation; errors leave as Failure, UsageError or another
    std::exception. */
void addGenerate(CLI::App& program, Invocation& invocation);
void addTrain(CLI::App& program, Invocation& invocation);
void addEvaluate(CLI::App& program, Invocation& invocation);
void addSample(CLI::App& program, Invocation& invocation);
void addReport(CLI::App& program, Invocation& invocation);
void addMacros(CLI::App& program, Invocation& invocation);
void addModels(CLI::App& program, Invocation& invocation);
void addData(CLI::App& program, Invocation& invocation);
void addList(CLI::App& program, Invocation& invocation);
void addDoctor(CLI::App& program, Invocation& invocation);
void addRender(CLI::App& program, Invocation& invocation);
void addPlay(CLI::App& program, Invocation& invocation);
void addMetrics(CLI::App& program, Invocation& invocation);

} // namespace organum::commandline
