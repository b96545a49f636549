#pragma once

// The model bundles that can be chosen, found by reading their headers only: no LibTorch.

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace organum::plugin
{

struct ModelEntry
{
    std::string id;    ///< the file's name without ".organum"; states and messages use it
    std::string title; ///< what a musician sees
    std::filesystem::path file;
    std::string problem; ///< why it cannot be used; empty when it can
};

using ModelEntries = std::vector<ModelEntry>;

/** Folders searched, first wins: those in ORGANUM_MODELS (separated by ':'),
    $XDG_DATA_HOME/organum/models or ~/.local/share/organum/models,
    /usr/local/share/organum/models, and the build's own Assets/Models. */
std::vector<std::filesystem::path> modelFolders();

/** Thread-safe; reads files at first use, since hosts construct plugins while they scan. */
class ModelList
{
public:
    std::shared_ptr<const ModelEntries> entries() const;
    void refresh();
    /** Nothing read yet: gives null instead of reading. */
    std::shared_ptr<const ModelEntries> entriesIfRead() const;

private:
    mutable std::mutex mutex;
    mutable std::shared_ptr<const ModelEntries> found;
};

} // namespace organum::plugin
