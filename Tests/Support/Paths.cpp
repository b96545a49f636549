#include "Support/Paths.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <sys/wait.h>
#include <unistd.h>

namespace organum::test
{

namespace fs = std::filesystem;

fs::path fixture(const std::string& name)
{
    return fs::path(ORGANUM_FIXTURES) / name;
}

std::optional<fs::path> realData(const std::string& name)
{
    const auto* root = std::getenv("ORGANUM_DATA");
    if (root == nullptr || *root == '\0') {
        WARN("skipped: set ORGANUM_DATA to the folder that holds " << name);
        return {};
    }
    const auto folder = fs::path(root) / name;
    if (!fs::exists(folder))
        FAIL("ORGANUM_DATA is set, but " << folder << " does not exist");
    return folder;
}

TemporaryFolder::TemporaryFolder()
{
    static std::atomic<int> count{0};
    folder = fs::temp_directory_path() /
             ("organum-test-" + std::to_string(getpid()) + "-" + std::to_string(count++));
    fs::remove_all(folder);
    fs::create_directories(folder);
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    fs::remove_all(folder, ignored);
}

std::string readWholeFile(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

CommandResult runCommand(const std::string& command)
{
    CommandResult result;
    auto* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr)
        return result;
    char block[4096];
    while (const auto count = std::fread(block, 1, sizeof block, pipe))
        result.output.append(block, count);
    const auto status = pclose(pipe);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

} // namespace organum::test
