#include "CommandLine/Program.h"

#include "Support/Paths.h"

#include <cstdlib>
#include <stdexcept>

#include <sys/wait.h>

namespace organum::test
{

std::string quoted(const std::string& word)
{
    std::string text = "'";
    for (const char c : word)
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

Outcome run(const std::string& arguments, const std::string& folder, const std::string& prefix)
{
    const TemporaryFolder logs;
    const auto out = (logs / "out").string();
    const auto err = (logs / "err").string();
    const auto line = "cd " + quoted(folder) + " && { " + prefix + " " + quoted(ORGANUM_PROGRAM) +
                      " " + arguments + "; } >" + quoted(out) + " 2>" + quoted(err) + " </dev/null";
    const int status = std::system(line.c_str());
    if (status == -1)
        throw std::runtime_error("no shell could be started to run: " + line);
    Outcome outcome;
    outcome.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    outcome.output = readWholeFile(out);
    outcome.errors = readWholeFile(err);
    return outcome;
}

} // namespace organum::test
