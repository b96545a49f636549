#pragma once

// What all clients in a process share: the worker and the loaded models. It exists while someone
// uses it, and nothing of it lives in a static, because libraries are left in any order.

#include "Engine/ModelLoader.h"
#include "Engine/Worker.h"

#include <filesystem>
#include <map>

namespace organum::engine
{

/** Models in memory by file. Holds none itself: a model goes when its last user goes. */
class ModelCache
{
public:
    /** The same model for the same real path, as long as the file's size and time of change stay;
        else reads it. Throws bundle::BundleError. Any thread. */
    std::shared_ptr<const LoadedModel> load(const std::filesystem::path& file);

private:
    struct Entry
    {
        std::uintmax_t size = 0;
        std::filesystem::file_time_type changed;
        std::weak_ptr<const LoadedModel> model;
    };
    std::mutex mutex;
    std::map<std::filesystem::path, Entry> entries;
};

struct Service
{
    Service();

    /** The process's service, made when nobody has one. Throws std::system_error. Any thread. */
    static std::shared_ptr<Service> shared();

    ModelCache models;
    Worker worker;
};

} // namespace organum::engine
