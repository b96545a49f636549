#include "Plugin/OpeningMark.h"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

#if !defined(_WIN32)
#include <csignal>
#include <unistd.h>
#endif

namespace organum::plugin
{

namespace fs = std::filesystem;

#if defined(_WIN32)

fs::path openingMarks()
{
    return {};
}
OpeningMark::OpeningMark(const fs::path&) {}
int OpeningMark::crashes() const
{
    return 0;
}
void OpeningMark::set() const {}
void OpeningMark::clear(bool) const {}

#else

namespace
{

bool isAlive(const std::string& process)
{
    const long number = std::atol(process.c_str());
    return number > 0 && (kill(static_cast<pid_t>(number), 0) == 0 || errno != ESRCH);
}

std::string readAll(const fs::path& file)
{
    std::ifstream stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/** Marks of processes that are no more, by their files; each is named by its process. */
std::vector<fs::path> leftBehind(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (!isAlive(entry.path().filename().string()))
            files.push_back(entry.path());
    return files;
}

} // namespace

fs::path openingMarks()
{
    const char* state = std::getenv("XDG_STATE_HOME");
    const char* home = std::getenv("HOME");
    if (state != nullptr && *state != 0)
        return fs::path(state) / "organum/opening";
    if (home != nullptr && *home != 0)
        return fs::path(home) / ".local/state/organum/opening";
    return {};
}

OpeningMark::OpeningMark(const fs::path& engine)
    : folder(openingMarks())
{
    std::error_code error;
    const auto changed = fs::last_write_time(engine, error).time_since_epoch().count();
    identity = engine.string() + "\n" + std::to_string(fs::file_size(engine, error)) + "\n" +
               std::to_string(changed) + "\n";
}

int OpeningMark::crashes() const
{
    int count = 0;
    for (const fs::path& file : leftBehind(folder))
        count += readAll(file) == identity ? 1 : 0;
    return count;
}

void OpeningMark::set() const
{
    if (folder.empty())
        return;
    std::error_code error;
    fs::create_directories(folder, error);
    std::ofstream(folder / std::to_string(getpid())) << identity;
}

void OpeningMark::clear(bool wentWell) const
{
    std::error_code error;
    fs::remove(folder / std::to_string(getpid()), error);
    if (!wentWell)
        return;
    for (const fs::path& file : leftBehind(folder))
        if (readAll(file) == identity)
            fs::remove(file, error);
}

#endif

} // namespace organum::plugin
