#pragma once

// What can be said of the engine's file before it is opened. The system's loader trusts the file
// that it maps: one cut short, as full disks and broken downloads leave them, would end the whole
// host with a bus error.

#include <filesystem>
#include <string>

namespace organum::plugin
{

/** Why the file cannot be a whole library for this process; empty when nothing speaks against it.
    Looks at Linux's format only. Any thread but an audio thread. */
std::string problemWithLibraryFile(const std::filesystem::path& file);

} // namespace organum::plugin
