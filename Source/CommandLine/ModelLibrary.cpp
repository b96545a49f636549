#include "CommandLine/ModelLibrary.h"

#include "CommandLine/Command.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>
#include <system_error>

namespace organum::commandline
{
namespace fs = std::filesystem;

namespace
{

constexpr auto extension = ".organum";

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

fs::path programFile()
{
    std::error_code error;
    return fs::read_symlink("/proc/self/exe", error);
}

std::vector<fs::path> bundlesIn(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
        if (entry->path().extension() == extension)
            files.push_back(entry->path());
    std::sort(files.begin(), files.end());
    return files;
}

/** Why something that is there, but is neither a file nor a known name, is no model. */
std::string whyNoModel(const fs::path& path)
{
    std::error_code error;
    if (!fs::is_directory(path, error))
        return path.string() +
               " is a device or a pipe; a model is a .organum file. `organum models` lists those "
               "with a name.";
    auto message = path.string() + " is a folder, but a model is a .organum file.";
    if (const auto inRun = path / "model.organum"; fs::is_regular_file(inRun, error))
        return message + " Did you mean " + inRun.string() + "?";
    return message + " Name one in it, or one that `organum models` lists.";
}

} // namespace

std::vector<fs::path> modelFolders()
{
    std::vector<fs::path> folders;
    std::stringstream named(variable("ORGANUM_MODELS"));
    for (std::string folder; std::getline(named, folder, ':');)
        if (!folder.empty())
            folders.emplace_back(folder);

    if (const auto data = variable("XDG_DATA_HOME"); !data.empty())
        folders.push_back(fs::path(data) / "organum/models");
    else if (const auto home = variable("HOME"); !home.empty())
        folders.push_back(fs::path(home) / ".local/share/organum/models");

    if (std::getenv("ORGANUM_NO_SHARED_MODELS") != nullptr)
        return folders;
    if (const auto program = programFile(); !program.empty())
        folders.push_back(program.parent_path().parent_path() / "share/organum/models");
    folders.emplace_back("/usr/local/share/organum/models");
    folders.emplace_back(ORGANUM_SOURCE_MODELS);
    return folders;
}

std::vector<FoundModel> findModels()
{
    std::vector<FoundModel> models;
    std::set<std::string> seen;
    for (const auto& folder : modelFolders()) {
        for (const auto& file : bundlesIn(folder)) {
            FoundModel model;
            model.name = file.stem().string();
            model.file = file;
            if (!seen.insert(model.name).second)
                continue;
            try {
                model.metadata = bundle::readMetadata(file);
            } catch (const std::exception& error) {
                model.problem = error.what();
            }
            models.push_back(std::move(model));
        }
    }
    return models;
}

fs::path resolveModel(const std::string& nameOrPath)
{
    std::error_code error;
    if (fs::is_regular_file(nameOrPath, error))
        return nameOrPath;
    const auto models = findModels();
    for (const auto& model : models)
        if (model.name == nameOrPath || model.name + extension == nameOrPath)
            return model.file;
    // What the plugin shows; several may be called so, then the first, as there.
    for (const auto& model : models)
        if (!nameOrPath.empty() && model.metadata.name == nameOrPath)
            return model.file;
    for (const auto& model : models)
        if (model.metadata.name + " (" + model.name + ")" == nameOrPath)
            return model.file;
    if (fs::exists(nameOrPath, error))
        throw Failure(whyNoModel(nameOrPath));

    std::string message =
        "there is no model '" + nameOrPath + "': neither a file nor a known name.";
    if (models.empty()) {
        message += " No bundle was found; searched:";
        for (const auto& folder : modelFolders())
            message += "\n  " + folder.string();
        message += "\nPut a .organum file there, or give its path.";
    } else {
        message += " Known names:";
        for (const auto& model : models)
            message += " " + model.name;
        message += ". `organum models` says more.";
    }
    throw Failure(message);
}

fs::path resolveTrained(const std::string& nameOrPath)
{
    std::error_code error;
    return fs::is_directory(nameOrPath, error) ? fs::path(nameOrPath) : resolveModel(nameOrPath);
}

} // namespace organum::commandline
