#pragma once

// Finds the model bundles a user may call by name: one search order for every command, the same
// as the plugin's, so that a name means the same file everywhere.

#include "Bundle/Bundle.h"

#include <filesystem>
#include <string>
#include <vector>

namespace organum::commandline
{

struct FoundModel
{
    std::string name; ///< the file's name without ".organum": what --model takes
    std::filesystem::path file;
    bundle::Metadata metadata; ///< empty when the bundle cannot be read
    std::string problem;       ///< why it cannot be read; empty when it can
};

/** Folders searched, first wins: $ORGANUM_MODELS (several, separated by ':'),
    $XDG_DATA_HOME/organum/models or ~/.local/share/organum/models, ../share/organum/models beside
    the program, /usr/local/share/organum/models, and the source tree's Assets/Models; where
    ORGANUM_NO_SHARED_MODELS is set, the first two only. */
std::vector<std::filesystem::path> modelFolders();

/** Every bundle in modelFolders(), by folder and then by name; one hidden by an earlier folder's
    bundle of the same name is left out. Damaged ones are listed with their problem. */
std::vector<FoundModel> findModels();

/** A path to a bundle, a name from findModels(), or a title as the plugin shows it. Throws Failure that lists the known names. */
std::filesystem::path resolveModel(const std::string& nameOrPath);

/** The same, or a run folder. */
std::filesystem::path resolveTrained(const std::string& nameOrPath);

} // namespace organum::commandline
