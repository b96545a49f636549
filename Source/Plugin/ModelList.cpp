#include "Plugin/ModelList.h"

#include "Bundle/Bundle.h"
#include "Plugin/Settings.h"

#include <juce_core/juce_core.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>

namespace organum::plugin
{

namespace fs = std::filesystem;

std::vector<fs::path> modelFolders()
{
    std::vector<fs::path> folders;
    if (const char* named = std::getenv("ORGANUM_MODELS")) {
        std::stringstream list(named);
        for (std::string folder; std::getline(list, folder, ':');)
            if (!folder.empty())
                folders.emplace_back(folder);
    }
    if (const fs::path own = userModelFolder(); !own.empty())
        folders.push_back(own);
    if (std::getenv("ORGANUM_NO_SHARED_MODELS") == nullptr) {
        folders.emplace_back("/usr/local/share/organum/models");
        folders.emplace_back(ORGANUM_SOURCE_MODELS);
    }
    return folders;
}

namespace
{

/** Bundles whose kind begins so have four voices. */
constexpr auto kindWithVoices = "musegan";

juce::String nameIn(const juce::var& value)
{
    return value.isObject() ? value["name"].toString() : value.toString();
}

/** A list under `name`, in the configuration or the vocabulary; null when there is none. */
const juce::Array<juce::var>* listIn(const juce::var& config, const juce::var& vocabulary,
                                     const char* name)
{
    for (const juce::var* each : {&config, &vocabulary})
        if (const auto* list = (*each)[name].getArray())
            return list;
    return nullptr;
}

std::string capitalised(const juce::String& name)
{
    return (name.substring(0, 1).toUpperCase() + name.substring(1)).toStdString();
}

void readVoices(const bundle::Metadata& metadata, ModelEntry& entry)
{
    if (metadata.kind.rfind(kindWithVoices, 0) != 0)
        return;
    const juce::var config = juce::JSON::parse(juce::String(metadata.config));
    const juce::var vocabulary = juce::JSON::parse(juce::String(metadata.vocabulary));
    entry.voices = {"Soprano", "Alto", "Tenor", "Bass"};
    if (const auto* names = listIn(config, vocabulary, "voices");
        names != nullptr && names->size() == largestVoices)
        for (int i = 0; i < largestVoices; ++i)
            if (const auto name = nameIn(names->getReference(i)).substring(0, 24);
                name.isNotEmpty())
                entry.voices[static_cast<std::size_t>(i)] = capitalised(name);
    if (const auto* macros = listIn(config, vocabulary, "macros"))
        for (int i = 0; i < std::min(macros->size(), macroCount); ++i) {
            const juce::var& macro = macros->getReference(i);
            const auto name = nameIn(macro).substring(0, 24);
            entry.macros.push_back(
                {name.isNotEmpty() ? name.toStdString() : "Macro " + std::to_string(i + 1),
                 macro["meaning"].toString().substring(0, 200).toStdString()});
        }
}

/** Changes whenever the list might. */
std::string mark(const std::vector<fs::path>& folders)
{
    std::ostringstream text;
    for (const fs::path& folder : folders) {
        std::vector<std::string> files;
        std::error_code error;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error))
            if (entry->path().extension() == ".organum") {
                std::error_code unknown;
                const auto size = entry->file_size(unknown);
                const auto time = entry->last_write_time(unknown);
                files.push_back(entry->path().string() + ' ' + std::to_string(size) + ' ' +
                                std::to_string(time.time_since_epoch().count()));
            }
        std::sort(files.begin(), files.end());
        for (const std::string& file : files)
            text << file << '\n';
    }
    return text.str();
}

/** The first of a name has it for itself, so that it is called as it was before others came. */
void giveTitles(ModelEntries& entries)
{
    std::set<std::string> taken;
    for (ModelEntry& entry : entries) {
        entry.title = entry.name;
        if (taken.count(entry.title) > 0)
            entry.title = distinctTitle(entry);
        while (!taken.insert(entry.title).second)
            entry.title += " (" + entry.id + ")";
    }
}

struct Search
{
    ModelEntries entries;
    int leftOut = 0;
};

Search search(const std::vector<fs::path>& folders)
{
    Search found;
    ModelEntries& entries = found.entries;
    std::set<std::string> seen;
    for (const fs::path& folder : folders) {
        std::vector<fs::path> files;
        std::error_code error;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error))
            if (entry->path().extension() == ".organum")
                files.push_back(entry->path());
        std::sort(files.begin(), files.end());
        for (const fs::path& file : files) {
            ModelEntry entry;
            entry.id = file.stem().string();
            entry.name = entry.id;
            entry.file = file;
            if (!seen.insert(entry.id).second)
                continue;
            if (entries.size() == mostModels) {
                ++found.leftOut;
                continue;
            }
            try {
                const auto metadata = bundle::readMetadata(file);
                if (!metadata.name.empty())
                    entry.name = metadata.name;
                readVoices(metadata, entry);
            } catch (const std::exception& problem) {
                entry.problem = problem.what();
            }
            entries.push_back(std::move(entry));
        }
    }
    giveTitles(entries);
    return found;
}

} // namespace

std::string distinctTitle(const ModelEntry& model)
{
    return model.name + " (" + model.id + ")";
}

std::shared_ptr<const ModelEntries> ModelList::entries() const
{
    const std::lock_guard<std::mutex> lock(mutex);
    if (found == nullptr) {
        foundOf = mark(folders);
        Search whole = search(folders);
        outside = whole.leftOut;
        found = std::make_shared<const ModelEntries>(std::move(whole.entries));
    }
    return found;
}

std::shared_ptr<const ModelEntries> ModelList::entriesIfRead() const
{
    const std::lock_guard<std::mutex> lock(mutex);
    return found;
}

void ModelList::refresh()
{
    std::string now = mark(folders);
    Search whole = search(folders);
    auto fresh = std::make_shared<const ModelEntries>(std::move(whole.entries));
    const std::lock_guard<std::mutex> lock(mutex);
    found = std::move(fresh);
    outside = whole.leftOut;
    foundOf = std::move(now);
}

bool ModelList::refreshIfChanged()
{
    {
        const std::string now = mark(folders);
        const std::lock_guard<std::mutex> lock(mutex);
        if (found != nullptr && now == foundOf)
            return false;
    }
    refresh();
    return true;
}

} // namespace organum::plugin
