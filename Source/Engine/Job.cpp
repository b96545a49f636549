#include "Engine/Job.h"

#include <limits>
#include <new>

namespace organum::engine
{

namespace
{

std::int64_t ticks(const score::Quarters& time)
{
    return time.toSteps(ORGANUM_TICKS_PER_QUARTER);
}

} // namespace

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

CTake::CTake(const Take& take)
    : seed(take.seed)
    , length(ticks(take.length))
    , primerElements(take.primerElements)
    , pitchProbabilities(take.pitchProbabilities)
    , durationProbabilities(take.durationProbabilities)
    , attention(take.attention)
    , notice(take.notice)
{
    for (std::size_t i = 0; i < take.elements.size(); ++i) {
        const auto& element = take.elements[i];
        organum_element converted{};
        converted.onset = ticks(element.onset);
        converted.duration = ticks(element.onset + element.duration) - converted.onset;
        converted.first_note = static_cast<std::int32_t>(notes.size());
        converted.pitch_log_probability = static_cast<float>(element.pitchLogProbability);
        converted.duration_log_probability = static_cast<float>(element.durationLogProbability);
        if (i >= take.primerElements) {
            converted.note_count = static_cast<std::int32_t>(element.pitches.size());
            for (int k = 0; k < converted.note_count; ++k) {
                const auto& note = take.notes[notes.size()];
                notes.push_back({note.pitch, note.velocity, converted.onset, converted.duration});
            }
        }
        elements.push_back(converted);
    }
    for (const auto& duration : take.durations)
        durations.push_back(ticks(duration));
}

void CTake::fill(organum_take& take) const
{
    const auto orNull = [](const std::vector<float>& values) {
        return values.empty() ? nullptr : values.data();
    };
    take.seed = seed;
    take.length = length;
    take.notes = notes.data();
    take.note_count = notes.size();
    take.elements = elements.data();
    take.element_count = elements.size();
    take.primer_elements = primerElements;
    take.pitch_probabilities = orNull(pitchProbabilities);
    take.duration_probabilities = orNull(durationProbabilities);
    take.durations = durations.empty() ? nullptr : durations.data();
    take.duration_count = durations.size();
    take.attention = orNull(attention);
    take.notice = notice.c_str();
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

GenerationJob::GenerationJob(std::shared_ptr<const LoadedModel> modelIn, Request requestIn,
                             int urgencyIn)
    : Job(urgencyIn)
    , model(std::move(modelIn))
    , request(std::move(requestIn))
{
    // Refused here and now rather than on the worker; the network itself is not touched.
    request.check();
    Constraints(model->steps->vocabulary, request);
}

bool GenerationJob::advance()
{
    if (!generation) {
        generation = std::make_unique<Generation>(model->steps, request);
        return true;
    }
    if (generation->step())
        return true;
    for (const auto& take : generation->takes())
        results.emplace_back(take);
    return false;
}

void GenerationJob::leave() noexcept
{
    generation.reset();
    model.reset();
    request.primer = {};
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
