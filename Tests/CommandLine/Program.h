#pragma once

// Runs the real `organum` program as a user's shell does, and keeps what it said.

#include <string>
#include <vector>

namespace organum::test
{

struct Outcome
{
    int exitCode = -1; ///< 128 + signal when one ended it
    std::string output;
    std::string errors;
};

/** Runs `organum` with a shell line of arguments in a folder. `prefix` is put before the program,
    e.g. "ulimit -f 0;" or a variable's assignment. */
Outcome run(const std::string& arguments, const std::string& folder,
            const std::string& prefix = {});

/** A word for the shell, whatever it holds. */
std::string quoted(const std::string& word);

} // namespace organum::test
