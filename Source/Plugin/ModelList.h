#pragma once

// The model bundles that can be chosen, and which knobs they have, found by reading their headers
// only: no LibTorch.

#include "Plugin/ModelInstaller.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace organum::plugin
{

/** No more models are listed: those of the first folders, by name. */
constexpr std::size_t mostModels = 32;

/** A direction in which a model's music can be pushed. */
struct ModelMacro
{
    std::string name;
    std::string meaning; ///< for the user; may be empty
};

struct ModelEntry
{
    std::string id;    ///< the file's name without ".organum"; states and messages use it
    std::string name;  ///< what the bundle calls itself; the id where it says nothing
    std::string title; ///< what a musician sees: the name, told apart where two have the same
    std::filesystem::path file;
    std::string problem; ///< why it cannot be used; empty when it can
    /** Names of the voices, the highest first; empty for a model without voices. One with voices
        has the knobs for chords, style, melody and groove. */
    std::vector<std::string> voices;
    std::vector<ModelMacro> macros; ///< at most macroCount

    bool hasVoices() const { return !voices.empty(); }
};

using ModelEntries = std::vector<ModelEntry>;

/** The title of a model where others have its name. */
std::string distinctTitle(const ModelEntry& model);

/** Folders searched, first wins: those in ORGANUM_MODELS (separated by ':'),
    $XDG_DATA_HOME/organum/models or ~/.local/share/organum/models,
    /usr/local/share/organum/models, and the build's own Assets/Models; the last two not where
    ORGANUM_NO_SHARED_MODELS is set. */
std::vector<std::filesystem::path> modelFolders();

/** Thread-safe; reads files at first use, since hosts construct plugins while they scan. */
class ModelList
{
public:
    std::shared_ptr<const ModelEntries> entries() const;
    void refresh();
    /** Reads them again if a file came, went or changed since; true then. Looks at names, sizes and
        times only, so it may be called every second. */
    bool refreshIfChanged();
    /** Nothing read yet: gives null instead of reading. */
    std::shared_ptr<const ModelEntries> entriesIfRead() const;
    /** How many more are installed than a parameter has places for: they are not in the list. */
    int leftOut() const { return outside; }
    /** userModelFolder() as it was when this was made. */
    const std::filesystem::path& ownFolder() const { return own; }

private:
    // Asked of the environment once: the worker changes it for a moment while it opens the engine,
    // and no other thread may read it then.
    const std::vector<std::filesystem::path> folders = modelFolders();
    const std::filesystem::path own = userModelFolder();
    mutable std::mutex mutex;
    mutable std::shared_ptr<const ModelEntries> found;
    mutable std::string foundOf; ///< how the files stood then
    mutable std::atomic<int> outside{0};
};

} // namespace organum::plugin
