#pragma once

// A request of the C interface under way: a task for the worker, and a place where its outcome is
// kept for whoever polls.

#include "Engine/CTake.h"
#include "Engine/Model.h"
#include "Engine/Service.h"

#include <chrono>
#include <exception>

namespace organum::engine
{

/** Status and sentence of an exception of the engine. */
struct Failure
{
    organum_status status = ORGANUM_FAILED;
    std::string message;
};
Failure failureOf(std::exception_ptr thrown);

/** A task whose outcome can be awaited from any thread. */
class Job : public Task
{
public:
    using Task::Task;

    bool step() final;
    /** ORGANUM_PENDING until done. The message is of a failure, else empty. */
    Failure status() const;
    Failure wait(std::chrono::milliseconds atMost) const;
    Failure wait() const;

protected:
    /** Returns whether anything is left to do; may throw. */
    virtual bool advance() = 0;
    /** Frees what only the work needed. */
    virtual void leave() noexcept {}

private:
    void finish(Failure outcome);

    mutable std::mutex mutex;
    mutable std::condition_variable done;
    Failure outcome{ORGANUM_PENDING, {}};
};

class GenerationJob : public Job
{
public:
    /** Throws std::invalid_argument for a request this model cannot serve. */
    GenerationJob(std::shared_ptr<const Model> modelIn, Request requestIn, int urgencyIn);

    /** To be read once status() is ORGANUM_OK, and not before. */
    const std::vector<CTake>& takes() const { return results; }

private:
    bool advance() override;
    void leave() noexcept override;

    std::shared_ptr<const Model> model;
    Request request;
    std::unique_ptr<Composition> composition;
    std::vector<CTake> results;
};

class LoadJob : public Job
{
public:
    LoadJob(ModelCache& cacheIn, std::filesystem::path fileIn);
    std::shared_ptr<const LoadedModel> model;

private:
    bool advance() override;

    ModelCache& cache;
    std::filesystem::path file;
};

} // namespace organum::engine
