#pragma once

// A folder as a user might have it, and the promise that bad input leaves it as it was.

#include "Support/Paths.h"

#include <map>
#include <string>
#include <vector>

namespace organum::test
{

/** A call of the program that must be refused. */
struct BadCall
{
    std::string what;
    std::string arguments;
    int exitCode;
    std::vector<std::string> said; ///< all of these on standard error
    std::string prefix;            ///< goes before the program, e.g. "ulimit -f 16;"
};

/** Good and bad music, models, files that are in the way. */
class Desk
{
public:
    Desk();

    std::string path() const { return folder.path().string(); }
    std::filesystem::path operator/(const std::string& name) const { return folder / name; }

    /** Makes each call and checks its exit code, that it says what it shall in a few lines of our
        own, and that nothing on the desk has changed. */
    void checkRefused(const std::vector<BadCall>& calls) const;

private:
    /** Every file with its content. */
    std::map<std::string, std::string> content() const;

    TemporaryFolder folder;
};

void writeFile(const std::filesystem::path& file, const std::string& content);

} // namespace organum::test
