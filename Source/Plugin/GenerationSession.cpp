#include "Plugin/GenerationSession.h"

#include "Plugin/EngineRequest.h"
#include "Plugin/Fingerprint.h"
#include "Plugin/Watchdog.h"

#include <chrono>
#include <memory>
#include <utility>

namespace organum::plugin
{

namespace
{

constexpr auto pollInterval = std::chrono::milliseconds(15);
constexpr auto sliceLength = static_cast<std::int32_t>(pollInterval.count());

std::string textOf(const organum_error& error, const char* otherwise)
{
    return error.message[0] != 0 ? error.message : otherwise;
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
        running = true;
    }
    worker = std::thread([this] { run(); });
}

void GenerationSession::request(Wish wish)
{
    {
        const std::lock_guard<std::mutex> lock(mutex);
        waiting = std::move(wish);
    }
    changed.notify_all();
    start();
}

void GenerationSession::cancel(Variations variations)
{
    const std::lock_guard<std::mutex> lock(mutex);
    const bool spares = variations == Variations::goOn;
    if (waiting && !(spares && waiting->isVariation))
        waiting.reset();
    cancelled = cancelled || !(spares && serving && servesVariations);
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
    const std::lock_guard<std::mutex> lock(mutex);
    running = false;
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
    ++reports;
    if (callbacks.statusChanged)
        callbacks.statusChanged();
}

bool GenerationSession::waitUntilIdle(int milliseconds)
{
    std::unique_lock<std::mutex> lock(mutex);
    return changed.wait_for(lock, std::chrono::milliseconds(milliseconds),
                            [this] { return !waiting && !serving; });
}

bool GenerationSession::isIdle() const
{
    const std::lock_guard<std::mutex> lock(mutex);
    return !waiting && !serving;
}

bool GenerationSession::hasWaiting() const
{
    const std::lock_guard<std::mutex> lock(mutex);
    return waiting.has_value();
}

bool GenerationSession::catchUp(int milliseconds)
{
    std::unique_lock<std::mutex> lock(mutex);
    const std::uint64_t mine = ++looksAsked;
    changed.notify_all();
    return changed.wait_for(lock, std::chrono::milliseconds(milliseconds),
                            [&] { return looksDone >= mine || stopping || !running; });
}

void GenerationSession::run()
{
    while (true) {
        std::uint64_t looking = 0;
        {
            const std::lock_guard<std::mutex> lock(mutex);
            looking = looksAsked;
        }
        pollForWish();
        std::optional<Wish> wish;
        {
            std::unique_lock<std::mutex> lock(mutex);
            if (!waiting && looksDone != looking) {
                looksDone = looking;
                changed.notify_all();
            }
            changed.wait_for(lock, pollInterval,
                             [&] { return stopping || waiting || looksAsked != looking; });
            if (stopping)
                break;
            wish = std::exchange(waiting, std::nullopt);
            serving = wish.has_value();
            servesVariations = wish && wish->isVariation;
            cancelled = false;
        }
        if (!wish)
            continue;
        try {
            serve(*wish);
        } catch (const std::exception& error) {
            report(Phase::failed, std::string("Composing failed: ") + error.what());
        } catch (...) {
            report(Phase::failed, "Composing failed in an unknown way.");
        }
        {
            const std::lock_guard<std::mutex> lock(mutex);
            serving = false;
        }
        changed.notify_all();
    }
    closeEngine();
}

void GenerationSession::pollForWish()
{
    if (!callbacks.poll)
        return;
    {
        const std::lock_guard<std::mutex> lock(mutex);
        if (waiting && !waiting->isPatient())
            return;
    }
    if (auto polled = callbacks.poll()) {
        const std::lock_guard<std::mutex> lock(mutex);
        // A button may have been pressed meanwhile; it knows the newest knobs, too.
        if (waiting && !waiting->isPatient())
            return;
        waiting = std::move(polled);
    }
}

void GenerationSession::serve(const Wish& wish)
{
    isQuiet = wish.isQuiet();
    if (!openEngineAndModel(wish))
        return;
    if (isObsolete()) {
        tell(Phase::idle, {}); // the next wish says what it does
        return;
    }
    const std::string bars = std::to_string(wish.bars) + (wish.bars == 1 ? " bar" : " bars") + " …";
    const std::size_t count = 1 + wish.further.size();
    std::string notice;
    bool isSaid = false; // when the last take was taken over, or was not
    for (std::size_t i = 0; i < count; ++i) {
        const Wish& each = i == 0 ? wish : wish.further[i - 1];
        tell(Phase::composing, count == 1 ? "Composing " + bars
                                          : "Composing variation " + std::to_string(i + 1) +
                                                " of " + std::to_string(count) + ", " + bars);
        const TakePointer take = compose(each);
        if (take == nullptr)
            return;
        const std::uint32_t before = reports;
        callbacks.finished(each, take);
        isSaid = reports != before;
        notice = take->notice;
    }
    if (!isSaid)
        tell(Phase::idle, notice);
}

void GenerationSession::tell(Phase phase, std::string message)
{
    if (!isQuiet || phase == Phase::failed ||
        (phase == Phase::idle && status().phase == Phase::failed))
        report(phase, std::move(message));
}

bool GenerationSession::openEngineAndModel(const Wish& wish)
{
    organum_error error = {};
    if (engine == nullptr) {
        tell(Phase::opening, "Opening the engine …");
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
    tell(Phase::reading, "Reading " + wish.modelName + " …");
    organum_model* fresh = nullptr;
    // Asked anew each time, since the file may have changed; an unchanged one costs nothing.
    const std::string path = wish.model.string();
    const organum_status status = waitFor(
        [&] { return engine->load(client, path.c_str(), sliceLength, &fresh, &error); }, [] {});
    if (status == ORGANUM_PENDING)
        return false;
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
    const EngineRequest request(wish, engine->initialise);
    organum_error error = {};
    organum_job* job = nullptr;
    organum_status status = engine->generate(client, model, request.get(), &job, &error);
    if (status < ORGANUM_OK) {
        report(Phase::failed, textOf(error, "The engine refused the request."));
        return nullptr;
    }
    const auto release = [this](organum_job* used) { engine->release(used); };
    const std::unique_ptr<organum_job, decltype(release)> owner(job, release);
    status = waitFor([&] { return engine->wait(job, sliceLength, &error); },
                     [&] { engine->cancel(job); });
    if (status == ORGANUM_PENDING)
        return nullptr;
    if (status == ORGANUM_CANCELLED || isObsolete()) {
        tell(Phase::idle, {});
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
    if (wish.explains) {
        if (callbacks.explained)
            callbacks.explained(explanationOf(taken, wish));
        return nullptr;
    }
    Take take = takeOf(taken, wish);
    take.modelHash = fingerprintOf(wish.model);
    if (const std::string problem = problemWith(take, wish); !problem.empty()) {
        report(Phase::failed, "The engine's music cannot be used: " + problem + ".");
        return nullptr;
    }
    return std::make_shared<const Take>(std::move(take));
}

organum_status GenerationSession::waitFor(const std::function<organum_status()>& slice,
                                          const std::function<void()>& giveUp)
{
    Watchdog watchdog(patience.load());
    std::optional<SessionStatus> before; // while the engine is silent: what was said then
    organum_status status = ORGANUM_PENDING;
    while ((status = slice()) == ORGANUM_PENDING) {
        pollForWish();
        if (isObsolete())
            giveUp();
        const bool silent = watchdog.isSilent(engine->heartbeat(client), Watchdog::Clock::now());
        if (silent && isStopping()) {
            abandonEngine();
            break;
        }
        if (silent && !before) {
            before = this->status();
            report(Phase::silent, "The engine is not answering. What there is plays on; composing "
                                  "goes on when the engine answers.");
        } else if (!silent && before) {
            report(before->phase, before->message);
            before.reset();
        }
    }
    if (before) // it has answered with the last of it
        report(before->phase, before->message);
    return status;
}

bool GenerationSession::isObsolete()
{
    const std::lock_guard<std::mutex> lock(mutex);
    return stopping || cancelled || (waiting && !waiting->isPatient());
}

bool GenerationSession::isStopping()
{
    const std::lock_guard<std::mutex> lock(mutex);
    return stopping;
}

void GenerationSession::abandonEngine()
{
    // Giving these back would wait for the engine. It is never closed: nothing ends under it.
    client = nullptr;
    model = nullptr;
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
