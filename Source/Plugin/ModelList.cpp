#include "Plugin/ModelList.h"

#include "Bundle/Bundle.h"

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
    const char* data = std::getenv("XDG_DATA_HOME");
    const char* home = std::getenv("HOME");
    if (data != nullptr && *data != 0)
        folders.push_back(fs::path(data) / "organum/models");
    else if (home != nullptr && *home != 0)
        folders.push_back(fs::path(home) / ".local/share/organum/models");
    folders.emplace_back("/usr/local/share/organum/models");
    folders.emplace_back(ORGANUM_SOURCE_MODELS);
    return folders;
}

namespace
{

ModelEntries search()
{
    ModelEntries entries;
    std::set<std::string> seen;
    for (const fs::path& folder : modelFolders()) {
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
            entry.title = entry.id;
            entry.file = file;
            if (!seen.insert(entry.id).second)
                continue;
            try {
                if (const auto metadata = bundle::readMetadata(file); !metadata.name.empty())
                    entry.title = metadata.name;
            } catch (const std::exception& problem) {
                entry.problem = problem.what();
            }
            entries.push_back(std::move(entry));
        }
    }
    return entries;
}

} // namespace

std::shared_ptr<const ModelEntries> ModelList::entries() const
{
    const std::lock_guard<std::mutex> lock(mutex);
    if (found == nullptr)
        found = std::make_shared<const ModelEntries>(search());
    return found;
}

std::shared_ptr<const ModelEntries> ModelList::entriesIfRead() const
{
    const std::lock_guard<std::mutex> lock(mutex);
    return found;
}

void ModelList::refresh()
{
    auto fresh = std::make_shared<const ModelEntries>(search());
    const std::lock_guard<std::mutex> lock(mutex);
    found = std::move(fresh);
}

} // namespace organum::plugin
