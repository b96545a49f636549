#pragma once

// Where dragged files lie: hosts read them when they like, some only when the project is saved, so
// each stays for days under a path that no other drag ever has.

#include <chrono>
#include <filesystem>

namespace organum::plugin
{

/** ORGANUM_DRAGS; else organum/drags in the user's cache folder, which no other user can read. */
std::filesystem::path dragFolder();

/** Makes a new, empty folder in dragFolder(), for one file. Throws score::FileWriteError. */
std::filesystem::path makeDragPlace();

/** Whether a file is one of ours that is being dragged. */
bool isDragged(const std::filesystem::path& file);

/** Files younger than that are kept. */
constexpr std::chrono::hours dragLifetime{72};

/** Removes the places that are older; of what cannot be removed nothing is said. Slow: not on the
    message thread. */
void cleanDragFolder(std::chrono::hours olderThan = dragLifetime);

} // namespace organum::plugin
