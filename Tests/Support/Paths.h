#pragma once

// Where tests find fixtures and real data, and where they may write. Real data are optional, since
// not all of it may be shipped: the folder is named by the environment variable ORGANUM_DATA.

#include <filesystem>
#include <optional>
#include <string>

namespace organum::test
{

/** A file or folder below Tests/Fixtures. */
std::filesystem::path fixture(const std::string& name);

/** A folder of real data below $ORGANUM_DATA; without it, warns that the test is skipped and
    returns nothing. A variable that names a missing folder fails the test. */
std::optional<std::filesystem::path> realData(const std::string& name);

/** An empty folder of its own that goes with the object. */
class TemporaryFolder
{
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return folder; }
    std::filesystem::path operator/(const std::string& name) const { return folder / name; }

private:
    std::filesystem::path folder;
};

/** A whole file as bytes; an empty text when it cannot be read. */
std::string readWholeFile(const std::filesystem::path& file);

/** What a shell command prints, and its exit status (-1 when it could not be started). */
struct CommandResult
{
    int status = -1;
    std::string output;
};
CommandResult runCommand(const std::string& command);

} // namespace organum::test
