#pragma once

// The one worker thread of an instance: it opens the engine when first asked for music, sends it
// requests and hands back takes. It starts with the first request or with prepareToPlay, never in
// a constructor, and its owner joins it: leaving a process while the engine loads would crash it.

#include "Plugin/EngineLibrary.h"
#include "Plugin/Explanation.h"
#include "Plugin/Wish.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace organum::plugin
{

enum class Phase
{
    idle,
    opening, ///< the engine is being opened
    reading, ///< the model is being read
    composing,
    silent, ///< the engine does not answer; the wish waits until it does
    failed
};

struct SessionStatus
{
    Phase phase = Phase::idle;
    std::string message; ///< for the user; empty while nothing is to be said
    bool busy() const { return phase != Phase::idle && phase != Phase::failed; }
};

class GenerationSession
{
public:
    /** Each callback runs on the worker. `finished` gets every take that was wished for and not
        replaced meanwhile; `poll` is called every few milliseconds and may return a wish made
        elsewhere (by automation on the audio thread), which must not wake anyone by itself. It
        replaces a patient wish that waits; while another waits there is no poll. */
    struct Callbacks
    {
        std::function<void(const Wish&, TakePointer)> finished;
        std::function<std::optional<Wish>()> poll;
        std::function<void()> statusChanged;
        /** Gets what was wished for by a wish that explains, in place of `finished`. */
        std::function<void(Explanation)> explained;
    };

    explicit GenerationSession(
        Callbacks callbacksIn,
        std::function<std::vector<std::filesystem::path>()> locate = engineCandidates);
    ~GenerationSession();
    GenerationSession(const GenerationSession&) = delete;
    GenerationSession& operator=(const GenerationSession&) = delete;

    /** Starts the worker if it is not running. Any thread but the audio thread. */
    void start();
    /** Replaces a wish that waits; one that is being fulfilled is given up, unless the new one is
        patient. Any thread but the audio thread. */
    void request(Wish wish);
    enum class Variations
    {
        stop,
        goOn ///< they only join the list of takes
    };
    /** Gives up the wish that waits or is being fulfilled. Any thread but the audio thread. */
    void cancel(Variations variations = Variations::stop);
    /** Cancels, ends the worker and waits for it: at most a second or so, while the engine is
        being opened. An engine that does not answer is left alone, with what it holds. */
    void stop();
    /** How long the engine may do nothing at all before it counts as silent. */
    void setPatience(std::chrono::milliseconds longest) { patience = longest; }

    SessionStatus status() const;
    /** Sets what the user reads, e.g. why there is nothing to do. */
    void report(Phase phase, std::string message);
    /** Waits until no wish is left or the time is over; for tests and programs without window. */
    bool waitUntilIdle(int milliseconds);
    /** No wish waits or is being fulfilled. Any thread. */
    bool isIdle() const;
    /** A wish waits for the one that is being fulfilled. Any thread. */
    bool hasWaiting() const;
    /** Waits until the worker has looked for wishes once more and has none left: offline, all that
        was asked for is there then. False when the time is over before. */
    bool catchUp(int milliseconds);

private:
    void run();
    void pollForWish();
    void serve(const Wish& wish);
    /** Reports what is worth telling: of a quiet wish only that it fails, or no longer does. */
    void tell(Phase phase, std::string message);
    bool openEngineAndModel(const Wish& wish);
    TakePointer compose(const Wish& wish);
    /** Asks `slice`, which waits a moment, until it has an answer. ORGANUM_PENDING: this session
        has to end and the engine is silent. `giveUp` is called while nobody wants the answer. */
    organum_status waitFor(const std::function<organum_status()>& slice,
                           const std::function<void()>& giveUp);
    bool isObsolete();
    bool isStopping();
    void abandonEngine();
    void closeEngine();

    Callbacks callbacks;
    std::function<std::vector<std::filesystem::path>()> locate;
    std::atomic<std::chrono::milliseconds> patience{std::chrono::seconds(10)};

    mutable std::mutex mutex; // guards all below up to the thread
    std::condition_variable changed;
    std::optional<Wish> waiting;
    bool serving = false;
    bool servesVariations = false;
    bool cancelled = false;
    bool stopping = false;
    bool running = false;
    std::uint64_t looksAsked = 0; ///< how often someone asked the worker to look for wishes
    std::uint64_t looksDone = 0;  ///< the last of these after which there was no wish
    SessionStatus current;
    std::atomic<std::uint32_t> reports{0}; ///< how many there have been
    std::thread worker;
    std::mutex threadMutex; // start() and stop()

    // Worker only.
    bool isQuiet = false; ///< the wish that is being fulfilled
    const EngineFunctions* engine = nullptr;
    organum_client* client = nullptr;
    organum_model* model = nullptr;
};

} // namespace organum::plugin
