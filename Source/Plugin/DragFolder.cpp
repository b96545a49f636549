#include "Plugin/DragFolder.h"

#include "Score/AtomicFile.h"

#include <juce_core/juce_core.h>

#include <cstdlib>
#include <random>
#include <system_error>
#include <vector>

namespace organum::plugin
{

namespace fs = std::filesystem;

namespace
{

constexpr auto prefix = "take-";

fs::path cacheFolder()
{
#if JUCE_LINUX || JUCE_BSD
    // Not the temporary folder: it is everybody's there, and a name can be taken by others first.
    if (const char* named = std::getenv("XDG_CACHE_HOME"); named != nullptr && *named == '/')
        return named;
    const auto home = juce::File::getSpecialLocation(juce::File::userHomeDirectory);
    return fs::path(home.getFullPathName().toStdString()) / ".cache";
#else
    return juce::File::getSpecialLocation(juce::File::tempDirectory)
        .getFullPathName()
        .toStdString();
#endif
}

} // namespace

fs::path dragFolder()
{
    if (const char* named = std::getenv("ORGANUM_DRAGS"); named != nullptr && *named != 0)
        return named;
    return cacheFolder() / "organum" / "drags";
}

fs::path makeDragPlace()
{
    const auto folder = dragFolder();
    std::error_code problem;
    fs::create_directories(folder, problem);
    std::random_device chance;
    for (int i = 0; !problem && i < 100; ++i) {
        const auto place =
            folder /
            (prefix + juce::String::toHexString(
                          static_cast<juce::int64>((std::uint64_t{chance()} << 32) | chance()))
                          .toStdString());
        if (fs::create_directory(place, problem))
            return place; // false: it is there already
    }
    throw score::FileWriteError("Could not make a folder for the dragged file in " +
                                folder.string() + ": " + problem.message() +
                                ". Free some space there, or save the take and use that file.");
}

bool isDragged(const fs::path& file)
{
    return file.parent_path().parent_path() == dragFolder();
}

void cleanDragFolder(std::chrono::hours olderThan)
{
    std::error_code problem;
    std::vector<fs::path> old;
    const auto now = fs::file_time_type::clock::now();
    for (fs::directory_iterator each(dragFolder(), problem), end; !problem && each != end;
         each.increment(problem)) {
        std::error_code unknown;
        const auto written = each->last_write_time(unknown);
        if (!unknown && each->is_directory(unknown) && !each->is_symlink(unknown) &&
            each->path().filename().string().rfind(prefix, 0) == 0 && now - written > olderThan)
            old.push_back(each->path());
    }
    for (const auto& place : old)
        fs::remove_all(place, problem);
}

} // namespace organum::plugin
