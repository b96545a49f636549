#include "Engine/Service.h"

#include "Engine/Blas.h"

#include <torch/torch.h>

namespace organum::engine
{

namespace
{

void prepareThread()
{
    at::set_num_threads(1);
    at::globalContext().setFlushDenormal(true);
    useBlasThreads(1);
}

} // namespace

std::shared_ptr<const LoadedModel> ModelCache::load(const std::filesystem::path& file)
{
    const std::lock_guard<std::mutex> lock(mutex);
    std::error_code error;
    const auto real = std::filesystem::canonical(file, error);
    const auto size = error ? 0 : std::filesystem::file_size(real, error);
    const auto changed =
        error ? std::filesystem::file_time_type() : std::filesystem::last_write_time(real, error);
    if (error) // Reading it says best what is wrong.
        return std::make_shared<LoadedModel>(loadModel(file));

    for (auto entry = entries.begin(); entry != entries.end();)
        entry = entry->second.model.expired() ? entries.erase(entry) : std::next(entry);
    auto& entry = entries[real];
    auto model = entry.model.lock();
    if (!model || entry.size != size || entry.changed != changed) {
        model = std::make_shared<LoadedModel>(loadModel(file));
        entry = {size, changed, model};
    }
    return model;
}

Service::Service()
    : worker(prepareThread)
{
}

std::shared_ptr<Service> Service::shared()
{
    static std::mutex mutex;
    static std::weak_ptr<Service> current;
    const std::lock_guard<std::mutex> lock(mutex);
    auto service = current.lock();
    if (!service) {
        service = std::make_shared<Service>();
        current = service;
    }
    return service;
}

} // namespace organum::engine
