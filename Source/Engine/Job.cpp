#include "Engine/Job.h"

#include <limits>
#include <new>

namespace organum::engine
{

Failure failureOf(std::exception_ptr thrown)
{
    try {
        std::rethrow_exception(thrown);
    } catch (const std::bad_alloc&) {
        return {ORGANUM_NO_MEMORY, "There is not enough memory. Close other programs, or ask for "
                                   "fewer bars or variations."};
    } catch (const bundle::BundleError& error) {
        return {error.reason == bundle::BundleError::Reason::newerVersion ? ORGANUM_BAD_VERSION
                                                                          : ORGANUM_BAD_FILE,
                error.what()};
    } catch (const std::invalid_argument& error) {
        return {ORGANUM_BAD_ARGUMENT, error.what()};
    } catch (const std::exception& error) {
        return {ORGANUM_FAILED, error.what()};
    } catch (...) {
        return {ORGANUM_FAILED, "An unknown error occurred. Try again, or use another model."};
    }
}

bool Job::step()
{
    try {
        if (isCancelled()) {
            finish({ORGANUM_CANCELLED, {}});
            return false;
        }
        if (advance())
            return true;
        finish({ORGANUM_OK, {}});
    } catch (...) {
        finish(failureOf(std::current_exception()));
    }
    return false;
}

void Job::finish(Failure result)
{
    // Before anyone is told, so that whoever waited finds everything freed.
    leave();
    {
        const std::lock_guard<std::mutex> lock(mutex);
        outcome = std::move(result);
    }
    done.notify_all();
}

Failure Job::status() const
{
    const std::lock_guard<std::mutex> lock(mutex);
    return outcome;
}

Failure Job::wait(std::chrono::milliseconds atMost) const
{
    std::unique_lock<std::mutex> lock(mutex);
    done.wait_for(lock, atMost, [this] { return outcome.status != ORGANUM_PENDING; });
    return outcome;
}

Failure Job::wait() const
{
    std::unique_lock<std::mutex> lock(mutex);
    done.wait(lock, [this] { return outcome.status != ORGANUM_PENDING; });
    return outcome;
}

GenerationJob::GenerationJob(std::shared_ptr<const Model> modelIn, Request requestIn, int urgencyIn)
    : Job(urgencyIn)
    , model(std::move(modelIn))
    , request(std::move(requestIn))
{
    // Refused here and now rather than on the worker; the network itself is not touched.
    model->check(request);
}

bool GenerationJob::advance()
{
    if (!composition) {
        composition = model->begin(request);
        return true;
    }
    if (composition->step())
        return true;
    for (auto& take : composition->releaseTakes())
        results.emplace_back(std::move(take));
    return false;
}

void GenerationJob::leave() noexcept
{
    composition.reset();
    model.reset();
    request = {};
}

LoadJob::LoadJob(ModelCache& cacheIn, std::filesystem::path fileIn)
    : Job(std::numeric_limits<int>::max())
    , cache(cacheIn)
    , file(std::move(fileIn))
{
}

bool LoadJob::advance()
{
    model = cache.load(file);
    return false;
}

} // namespace organum::engine
