#include "Plugin/GenerationSession.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

namespace organum::plugin
{

namespace
{

constexpr auto pollInterval = std::chrono::milliseconds(15);

std::string textOf(const organum_error& error, const char* otherwise)
{
    return error.message[0] != 0 ? error.message : otherwise;
}

std::vector<organum_note> primerOf(const Take& take)
{
    std::vector<organum_note> notes;
    notes.reserve(take.notes.size());
    for (const TakeNote& note : take.notes)
        notes.push_back({note.pitch, note.velocity, note.onset, note.duration});
    return notes;
}

} // namespace

GenerationSession::GenerationSession(Callbacks callbacksIn,
                                     std::function<std::vector<std::filesystem::path>()> locateIn)
    : callbacks(std::move(callbacksIn))
    , locate(std::move(locateIn))
{
}

GenerationSession::~GenerationSession()
{
    stop();
}

void GenerationSession::start()
{
    const std::lock_guard<std::mutex> threadLock(threadMutex);
    if (worker.joinable())
        return;
    {
        const std::lock_guard<std::mutex> lock(mutex);
        stopping = false;
    }
    worker = std::thread([this] { run(); });
}

void GenerationSession::request(Wish wish)
{
    {
        const std::lock_guard<std::mutex> lock(mutex);
        waiting = std::move(wish);
        cancelled = false;
    }
    changed.notify_all();
    start();
}

void GenerationSession::cancel()
{
    const std::lock_guard<std::mutex> lock(mutex);
    waiting.reset();
    cancelled = true;
}

void GenerationSession::stop()
{
    const std::lock_guard<std::mutex> threadLock(threadMutex);
    {
        const std::lock_guard<std::mutex> lock(mutex);
        stopping = true;
        waiting.reset();
    }
    changed.notify_all();
    if (worker.joinable())
        worker.join();
}

SessionStatus GenerationSession::status() const
{
    const std::lock_guard<std::mutex> lock(mutex);
    return current;
}

void GenerationSession::report(Phase phase, std::string message)
{
    {
        const std::lock_guard<std::mutex> lock(mutex);
        current = {phase, std::move(message)};
    }
    if (callbacks.statusChanged)
        callbacks.statusChanged();
}

bool GenerationSession::waitUntilIdle(int milliseconds)
{
    std::unique_lock<std::mutex> lock(mutex);
    return changed.wait_for(lock, std::chrono::milliseconds(milliseconds),
                            [this] { return !waiting && !serving; });
}

void GenerationSession::run()
{
    while (true) {
        if (callbacks.poll) {
            if (auto polled = callbacks.poll()) {
                const std::lock_guard<std::mutex> lock(mutex);
                waiting = std::move(polled);
                cancelled = false;
            }
        }
        std::optional<Wish> wish;
        {
            std::unique_lock<std::mutex> lock(mutex);
            changed.wait_for(lock, pollInterval, [this] { return stopping || waiting; });
            if (stopping)
                break;
            wish = std::exchange(waiting, std::nullopt);
            serving = wish.has_value();
        }
        if (!wish)
            continue;
        try {
            serve(*wish);
        } catch (const std::exception& error) {
            report(Phase::failed, std::string("Composing failed: ") + error.what());
        }
        {
            const std::lock_guard<std::mutex> lock(mutex);
            serving = false;
        }
        changed.notify_all();
    }
    closeEngine();
}

void GenerationSession::serve(const Wish& wish)
{
    if (!openEngineAndModel(wish) || isObsolete())
        return;
    report(Phase::composing,
           "Composing " + std::to_string(wish.bars) + (wish.bars == 1 ? " bar" : " bars") + " …");
    const TakePointer take = compose(wish);
    if (take == nullptr)
        return;
    callbacks.finished(take);
    report(Phase::idle, take->notice);
}

bool GenerationSession::openEngineAndModel(const Wish& wish)
{
    organum_error error = {};
    if (engine == nullptr) {
        report(Phase::opening, "Opening the engine …");
        const EngineResult result = openEngine(locate());
        if (result.functions == nullptr) {
            report(Phase::failed, result.problem);
            return false;
        }
        engine = result.functions;
    }
    if (client == nullptr && engine->create(ORGANUM_ENGINE_ABI, &client, &error) != ORGANUM_OK) {
        client = nullptr;
        report(Phase::failed, textOf(error, "The engine could not be started."));
        return false;
    }
    report(Phase::reading, "Reading " + wish.modelName + " …");
    organum_model* fresh = nullptr;
    // Asked anew each time, since the file may have changed; an unchanged one costs nothing.
    const organum_status status = engine->load(client, wish.model.string().c_str(), &fresh, &error);
    if (status != ORGANUM_OK) {
        report(Phase::failed, textOf(error, "The model could not be read."));
        return false;
    }
    if (model != nullptr)
        engine->unload(model);
    model = fresh;
    return true;
}

TakePointer GenerationSession::compose(const Wish& wish)
{
    organum_request request = {};
    request.struct_size = sizeof(request);
    engine->initialise(&request);
    request.seed = wish.seed;
    request.bars = wish.bars;
    request.metre_numerator = wish.metreNumerator;
    request.metre_denominator = wish.metreDenominator;
    request.pitch_temperature = wish.pitchTemperature;
    request.duration_temperature = wish.durationTemperature;
    request.top_p = wish.topP;
    request.pitch_class_mask = wish.pitchClassMask;
    std::vector<organum_note> primer;
    if (const auto& before = wish.continues != nullptr ? wish.continues : wish.answers;
        before != nullptr) {
        primer = primerOf(*before);
        request.primer = primer.data();
        request.primer_count = primer.size();
        request.primer_length = before->length();
    }

    organum_error error = {};
    organum_job* job = nullptr;
    organum_status status = engine->generate(client, model, &request, &job, &error);
    if (status < ORGANUM_OK) {
        report(Phase::failed, textOf(error, "The engine refused the request."));
        return nullptr;
    }
    const auto release = [this](organum_job* used) { engine->release(used); };
    const std::unique_ptr<organum_job, decltype(release)> owner(job, release);
    while ((status = engine->wait(job, static_cast<std::int32_t>(pollInterval.count()), &error)) ==
           ORGANUM_PENDING) {
        if (callbacks.poll) {
            if (auto polled = callbacks.poll()) {
                const std::lock_guard<std::mutex> lock(mutex);
                waiting = std::move(polled);
            }
        }
        if (isObsolete())
            engine->cancel(job);
    }
    if (status == ORGANUM_CANCELLED || isObsolete()) {
        report(Phase::idle, {});
        return nullptr;
    }
    organum_take taken = {};
    taken.struct_size = sizeof(taken);
    if (status == ORGANUM_OK)
        status = engine->takeOf(job, 0, &taken);
    if (status != ORGANUM_OK) {
        report(Phase::failed, textOf(error, "The engine failed without saying why."));
        return nullptr;
    }

    Take take;
    take.model = wish.modelName;
    take.seed = wish.seed;
    take.bars = wish.bars;
    take.metreNumerator = wish.metreNumerator;
    take.metreDenominator = wish.metreDenominator;
    take.notice = taken.notice != nullptr ? taken.notice : "";
    for (std::size_t i = 0; i < taken.note_count; ++i) {
        const organum_note& note = taken.notes[i];
        take.notes.push_back({note.onset, note.duration, note.pitch, note.velocity});
    }
    if (wish.continues != nullptr)
        take = joined(*wish.continues, take);
    if (const std::string problem = problemWith(take); !problem.empty()) {
        report(Phase::failed, "The engine's music cannot be used: " + problem + ".");
        return nullptr;
    }
    return std::make_shared<const Take>(std::move(take));
}

bool GenerationSession::isObsolete()
{
    const std::lock_guard<std::mutex> lock(mutex);
    return stopping || cancelled || waiting.has_value();
}

void GenerationSession::closeEngine()
{
    if (engine != nullptr) {
        if (model != nullptr)
            engine->unload(model);
        if (client != nullptr)
            engine->destroy(client);
    }
    engine = nullptr;
    model = nullptr;
    client = nullptr;
}

} // namespace organum::plugin
