#include "Engine/CRequest.h"
#include "Engine/Job.h"

#include <algorithm>
#include <cstring>

using namespace organum;
using namespace organum::engine;

struct organum_model
{
    std::shared_ptr<const LoadedModel> loaded;
    std::string description;
};

struct organum_job
{
    organum_client* client = nullptr;
    std::shared_ptr<GenerationJob> job;
};

struct organum_client
{
    std::mutex mutex;
    std::shared_ptr<Service> service; ///< from the first use on
    std::vector<std::unique_ptr<organum_job>> jobs;
    std::string wantedPath;           ///< of the bundle being read
    std::shared_ptr<LoadJob> reading; ///< null: none is

    Service& startedService()
    {
        const std::lock_guard<std::mutex> lock(mutex);
        if (!service)
            service = Service::shared();
        return *service;
    }

    /** The job that reads this bundle, begun unless it is under way. */
    std::shared_ptr<LoadJob> readingOf(const std::string& path)
    {
        auto& started = startedService();
        const std::lock_guard<std::mutex> lock(mutex);
        if (reading != nullptr && wantedPath == path)
            return reading;
        auto job = std::make_shared<LoadJob>(started.models, std::filesystem::u8path(path));
        started.worker.submit(job);
        if (reading != nullptr)
            reading->cancel();
        reading = job;
        wantedPath = path;
        return job;
    }

    void haveRead(const std::shared_ptr<LoadJob>& job)
    {
        const std::lock_guard<std::mutex> lock(mutex);
        if (reading == job)
            reading.reset();
    }
};

namespace
{

void report(organum_error* error, const std::string& message)
{
    if (error == nullptr)
        return;
    auto size = std::min(message.size(), sizeof error->message - 1);
    // Never half of a UTF-8 character at the end.
    if (size < message.size())
        while (size > 0 && (static_cast<unsigned char>(message[size]) & 0xC0u) == 0x80u)
            --size;
    std::memcpy(error->message, message.data(), size);
    error->message[size] = '\0';
}

organum_status report(organum_error* error, const Failure& failure)
{
    if (failure.status < 0) {
        try {
            report(error, failure.message);
        } catch (...) {
        }
    }
    return failure.status;
}

/** Runs a function of the interface; whatever it throws becomes a status and a sentence. */
template <typename Function>
organum_status guarded(organum_error* error, Function&& function) noexcept
{
    try {
        return function();
    } catch (...) {
        try {
            return report(error, failureOf(std::current_exception()));
        } catch (...) {
            return ORGANUM_NO_MEMORY;
        }
    }
}

void require(bool condition, const char* what)
{
    if (!condition)
        throw std::invalid_argument(std::string("Calling the engine: ") + what + ".");
}

organum_model* modelOf(const LoadJob& job)
{
    auto loaded = std::make_unique<organum_model>();
    loaded->description = describeModel(*job.model);
    loaded->loaded = job.model;
    return loaded.release();
}

} // namespace

extern "C" {

uint32_t organum_engine_abi(void)
{
    return ORGANUM_ENGINE_ABI;
}

void organum_request_init(organum_request* request)
{
    if (request == nullptr)
        return;
    *request = organum_request{};
    request->struct_size = sizeof(organum_request);
    request->bars = 16;
    request->metre_numerator = 4;
    request->metre_denominator = 4;
    request->pitch_temperature = 1.0;
    request->duration_temperature = 1.0;
    request->top_p = 1.0;
    request->pitch_class_mask = 0xFFF;
    request->lowest_pitch = 0;
    request->highest_pitch = 127;
    request->sampler = ORGANUM_SAMPLER_STREAM;
    request->variations = 1;
    request->rule_strength = VoiceWishes{}.ruleStrength;
    request->joining = ORGANUM_JOIN_STRONG;
    request->chord_strength = ChordWishes{}.strength;
}

organum_status organum_create(uint32_t abi, organum_client** client, organum_error* error)
{
    return guarded(error, [&] {
        require(client != nullptr, "there is no place for the client");
        *client = nullptr;
        if (abi != ORGANUM_ENGINE_ABI)
            return report(error, {ORGANUM_BAD_VERSION,
                                  "The caller was built for version " + std::to_string(abi) +
                                      " of the engine, but this is version " +
                                      std::to_string(ORGANUM_ENGINE_ABI) +
                                      ". Install plugin and engine of the same Organum."});
        *client = new organum_client;
        return ORGANUM_OK;
    });
}

void organum_destroy(organum_client* client)
{
    if (client == nullptr)
        return;
    guarded(nullptr, [&] {
        if (client->reading != nullptr)
            client->reading->cancel();
        for (const auto& job : client->jobs)
            job->job->cancel();
        for (const auto& job : client->jobs)
            job->job->wait();
        delete client;
        return ORGANUM_OK;
    });
}

organum_status organum_load(organum_client* client, const char* path, organum_model** model,
                            organum_error* error)
{
    return guarded(error, [&] {
        require(client != nullptr && path != nullptr && model != nullptr,
                "loading needs a client, a path and a place for the model");
        *model = nullptr;
        auto& service = client->startedService();
        const auto job = std::make_shared<LoadJob>(service.models, std::filesystem::u8path(path));
        service.worker.submit(job);
        const auto outcome = job->wait();
        if (outcome.status != ORGANUM_OK)
            return report(error, outcome);
        *model = modelOf(*job);
        return ORGANUM_OK;
    });
}

organum_status organum_load_within(organum_client* client, const char* path, int32_t milliseconds,
                                   organum_model** model, organum_error* error)
{
    return guarded(error, [&] {
        require(client != nullptr && path != nullptr && model != nullptr,
                "loading needs a client, a path and a place for the model");
        *model = nullptr;
        const auto job = client->readingOf(path);
        const auto outcome = job->wait(std::chrono::milliseconds(std::max(milliseconds, 0)));
        if (outcome.status == ORGANUM_PENDING)
            return ORGANUM_PENDING;
        client->haveRead(job);
        if (outcome.status != ORGANUM_OK)
            return report(error, outcome);
        *model = modelOf(*job);
        return ORGANUM_OK;
    });
}

void organum_unload(organum_model* model)
{
    delete model;
}

organum_status organum_describe(const organum_model* model, char* text, size_t capacity,
                                size_t* needed)
{
    if (model == nullptr)
        return ORGANUM_BAD_ARGUMENT;
    const auto size = model->description.size() + 1;
    if (needed != nullptr)
        *needed = size;
    if (text == nullptr || capacity == 0)
        return needed != nullptr ? ORGANUM_OK : ORGANUM_BAD_ARGUMENT;
    const auto written = std::min(size, capacity) - 1;
    std::memcpy(text, model->description.data(), written);
    text[written] = '\0';
    return written + 1 == size ? ORGANUM_OK : ORGANUM_BAD_ARGUMENT;
}

organum_status organum_generate(organum_client* client, organum_model* model,
                                const organum_request* request, organum_job** job,
                                organum_error* error)
{
    return guarded(error, [&] {
        require(client != nullptr && model != nullptr && request != nullptr && job != nullptr,
                "generating needs a client, a model, a request and a place for the job");
        *job = nullptr;
        if (request->struct_size != sizeof(organum_request))
            return report(error, {ORGANUM_BAD_VERSION,
                                  "The request was laid out by another version of Organum. "
                                  "Install plugin and engine of the same Organum."});
        auto made = std::make_unique<organum_job>();
        made->client = client;
        // Keeps the whole entry, so that the file is not read again while a job uses it.
        const std::shared_ptr<const Model> network(model->loaded, model->loaded->model.get());
        made->job =
            std::make_shared<GenerationJob>(network, requestFrom(*request), request->urgency);
        auto& service = client->startedService();
        const std::lock_guard<std::mutex> lock(client->mutex);
        client->jobs.push_back(std::move(made));
        try {
            service.worker.submit(client->jobs.back()->job);
        } catch (...) {
            client->jobs.pop_back();
            throw;
        }
        *job = client->jobs.back().get();
        return ORGANUM_OK;
    });
}

organum_status organum_poll(organum_job* job, organum_error* error)
{
    return guarded(error, [&] {
        require(job != nullptr, "there is no job to ask for");
        return report(error, job->job->status());
    });
}

organum_status organum_wait(organum_job* job, int32_t milliseconds, organum_error* error)
{
    return guarded(error, [&] {
        require(job != nullptr, "there is no job to wait for");
        return report(error, job->job->wait(std::chrono::milliseconds(std::max(milliseconds, 0))));
    });
}

void organum_cancel(organum_job* job)
{
    if (job != nullptr)
        job->job->cancel();
}

organum_status organum_take_of(const organum_job* job, int32_t variation, organum_take* take)
{
    return guarded(nullptr, [&] {
        if (job == nullptr || take == nullptr || take->struct_size != sizeof(organum_take))
            return ORGANUM_BAD_ARGUMENT;
        const auto status = job->job->status().status;
        if (status != ORGANUM_OK)
            return status;
        const auto& takes = job->job->takes();
        if (variation < 0 || static_cast<std::size_t>(variation) >= takes.size())
            return ORGANUM_BAD_ARGUMENT;
        takes[static_cast<std::size_t>(variation)].fill(*take);
        return ORGANUM_OK;
    });
}

uint64_t organum_heartbeat(organum_client* client)
{
    if (client == nullptr)
        return 0;
    const std::lock_guard<std::mutex> lock(client->mutex);
    return client->service ? client->service->worker.endedSteps() : 0;
}

void organum_release(organum_job* job)
{
    if (job == nullptr)
        return;
    guarded(nullptr, [&] {
        job->job->cancel();
        auto& jobs = job->client->jobs;
        std::unique_ptr<organum_job> released;
        const std::lock_guard<std::mutex> lock(job->client->mutex);
        const auto found = std::find_if(jobs.begin(), jobs.end(),
                                        [job](const auto& owned) { return owned.get() == job; });
        if (found != jobs.end()) {
            released = std::move(*found);
            jobs.erase(found);
        }
        return ORGANUM_OK;
    });
}

} // extern "C"
