#pragma once

// Puts a bundle that somebody brings into the user's folder of models, after it has been read to
// its end: a damaged or hostile file never gets there. And takes it out again.

#include <filesystem>
#include <functional>
#include <string>

namespace organum::plugin
{

/** The user's own folder of models; it may not exist yet. Empty where there is no home. */
std::filesystem::path userModelFolder();

struct Installed
{
    std::string id;      ///< the name under which it is there now; empty when it is not
    std::string message; ///< one sentence for the user
    bool succeeded() const { return !id.empty(); }
};

/** Copies `bundle` into `folder`: all of it or nothing. A model of that name is kept, and the new
    one is numbered; the very same file is not copied again. Reads the whole file: any thread but
    message and audio threads. Gives up once `goesOn` says false, which is asked after every
    megabyte. */
Installed installModel(const std::filesystem::path& bundle, const std::filesystem::path& folder,
                       const std::function<bool()>& goesOn = {});

struct Removed
{
    bool succeeded = false;
    std::string message; ///< one sentence for the user
};

/** Takes a bundle out of `folder`: into the system's trash, or for good where there is none. Files
    of other folders are refused. */
Removed removeModel(const std::filesystem::path& bundle, const std::filesystem::path& folder);

} // namespace organum::plugin
