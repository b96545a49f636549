// An engine without a neural network, for tests: the same C interface, music that follows from the
// seed alone, and faults on demand. What it does is chosen by the model file's name:
//   slow      a take needs half a second          hangs     a take never comes unless cancelled
//   refuses   the model cannot be read            fails     composing fails
//   wild      notes out of range                  notice    the primer was changed
//   choir     four voices that follow the knobs   forgetful locked notes are not kept
//   dense     many short notes                    throws    reading throws across the interface
//   sticks    nothing more happens at all, cancelling included, until fake_engine_unstick()
//   stickyfile  the same while the model is read    flood     far too many long notes
// With the environment variable FAKE_ENGINE_ABI it claims another version of the interface; with
// FAKE_ENGINE_CRASHES set it crashes the process that opens it.

#define ORGANUM_ENGINE_BUILDING
#include "Engine/organum_engine.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

struct organum_client
{
    int unused = 0;
};

struct organum_model
{
    std::string path;
    bool is(const char* word) const { return path.find(word) != std::string::npos; }
};

/** How many times as many notes as usual. */
int densityOf(const organum_model& model)
{
    return model.is("flood") ? 128 : model.is("dense") ? 6 : 1;
}

struct organum_job
{
    std::vector<organum_note> notes;
    std::int64_t length = 0;
    std::uint64_t seed = 0;
    int voices = 1;
    std::chrono::steady_clock::time_point ready;
    std::atomic<bool> cancelled{false};
    bool endless = false;
    bool fails = false;
    bool sticks = false;
    std::string notice;
};

namespace
{

std::atomic<int> clients{0};
std::atomic<int> stuck{0}; ///< how many wait until this is 0 again
std::atomic<std::uint64_t> steps{0};

organum_status say(organum_error* error, organum_status status, const char* message)
{
    std::snprintf(error->message, sizeof(error->message), "%s", message);
    return status;
}

std::uint64_t scramble(std::uint64_t value)
{
    value ^= value >> 33;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33;
    value *= 0xc4ceb9fe1a85ec53ULL;
    return value ^ (value >> 33);
}

/** A number for the place at which a knob stands. */
std::uint64_t placeOf(const organum_latent& knob)
{
    if (knob.morph <= 0.0 || knob.seed_a == knob.seed_b)
        return scramble(knob.seed_a);
    if (knob.morph >= 1.0)
        return scramble(knob.seed_b);
    return scramble(knob.seed_a * 31u + knob.seed_b * 17u +
                    static_cast<std::uint64_t>(knob.morph * 1000.0 + 0.5));
}

/** Heeds strict chords alone. */
int allowedFrom(int pitch, const organum_request& request, std::int64_t at)
{
    auto classes = request.pitch_class_mask;
    for (std::size_t i = 0; i < request.chord_count && request.chord_strength >= 1.0; ++i)
        if (at >= request.chords[i].onset &&
            at < request.chords[i].onset + request.chords[i].length)
            classes &= request.chords[i].pitch_class_mask;
    while ((classes & (1u << (pitch % 12))) == 0)
        ++pitch;
    return pitch;
}

bool isLocked(const organum_request& request, std::int64_t bar, int voice)
{
    return request.locked_voices != nullptr &&
           bar < static_cast<std::int64_t>(request.locked_bars) &&
           (request.locked_voices[bar] >> voice & 1u) != 0;
}

/** One line of music; the first new note repeats the primer's last pitch, so that a test sees the
    primer arrive. */
void writeLine(const organum_request& request, const organum_model& model, organum_job& job)
{
    const std::int64_t step = ORGANUM_TICKS_PER_QUARTER / 2 / densityOf(model);
    const std::int64_t duration = model.is("flood") ? 4 * ORGANUM_TICKS_PER_QUARTER : step;
    int pitch = request.primer_count > 0 ? request.primer[request.primer_count - 1].pitch : -1;
    for (std::int64_t at = 0; at < job.length; at += step) {
        if (pitch < 0) {
            const auto random = scramble(request.seed * 1000u + static_cast<std::uint64_t>(at));
            pitch = allowedFrom(48 + static_cast<int>(random % 24u), request, at);
        }
        job.notes.push_back({pitch, 90, at, std::min(duration, job.length - at), 0});
        pitch = -1;
    }
}

/** Chords, style and melody choose a voice's pitches, groove its velocity and whether it moves in
    quarters or in halves; rules and macros change the style. What is locked is copied. */
void writeChoir(const organum_request& request, std::int64_t bar, bool keepsLocks, int density,
                organum_job& job)
{
    const int lowest[ORGANUM_VOICES] = {62, 55, 48, 40};
    std::uint64_t style = placeOf(request.latents[ORGANUM_LATENT_STYLE]) +
                          static_cast<std::uint64_t>(request.rule_strength * 100.0 + 0.5);
    for (const double macro : request.macros)
        style = scramble(style + static_cast<std::uint64_t>(macro * 100.0 + 1000.5));
    const std::uint64_t chords = placeOf(request.latents[ORGANUM_LATENT_CHORDS]);
    job.voices = ORGANUM_VOICES;
    for (int voice = 0; voice < ORGANUM_VOICES; ++voice) {
        const auto melody = placeOf(request.latents[ORGANUM_LATENT_MELODY + voice]);
        const auto groove = placeOf(request.latents[ORGANUM_LATENT_GROOVE + voice]);
        const std::int64_t step = ORGANUM_TICKS_PER_QUARTER * (groove % 2u == 0 ? 1 : 2) / density;
        const int velocity = 60 + static_cast<int>(groove / 2u % 61u);
        for (std::int64_t at = 0; at < job.length; at += step) {
            if (keepsLocks && isLocked(request, at / bar, voice))
                continue;
            const auto random =
                scramble(melody + scramble(chords + style) * 3u + static_cast<std::uint64_t>(at));
            const int pitch =
                allowedFrom(lowest[voice] + static_cast<int>(random % 12u), request, at);
            const auto inBar = bar - at % bar;
            job.notes.push_back(
                {pitch, velocity, at, std::min({step, inBar, job.length - at}), voice});
        }
    }
    for (std::size_t i = 0; keepsLocks && i < request.locked_note_count; ++i) {
        const organum_note& note = request.locked_notes[i];
        if (isLocked(request, note.onset / bar, note.voice))
            job.notes.push_back(note);
    }
    std::stable_sort(job.notes.begin(), job.notes.end(), [](const auto& a, const auto& b) {
        return a.onset != b.onset ? a.onset < b.onset : a.voice < b.voice;
    });
}

} // namespace

extern "C" {

ORGANUM_API int fake_engine_clients(void);
ORGANUM_API const char* fake_engine_blas_threads(void);
ORGANUM_API void fake_engine_unstick(void);

int fake_engine_clients(void)
{
    return clients;
}

void fake_engine_unstick(void)
{
    stuck = 0;
}

/* What OPENBLAS_NUM_THREADS was while the library was being loaded. */
static const std::string blasThreadsAtLoad = [] {
    const char* value = std::getenv("OPENBLAS_NUM_THREADS");
    return std::string(value != nullptr ? value : "");
}();

static const bool survivesOpening = [] {
    if (std::getenv("FAKE_ENGINE_CRASHES") != nullptr)
        std::raise(SIGSEGV);
    return true;
}();

const char* fake_engine_blas_threads(void)
{
    return blasThreadsAtLoad.c_str();
}

uint32_t organum_engine_abi(void)
{
    const char* other = std::getenv("FAKE_ENGINE_ABI");
    return other != nullptr ? static_cast<uint32_t>(std::atoi(other)) : ORGANUM_ENGINE_ABI;
}

void organum_request_init(organum_request* request)
{
    *request = {};
    request->struct_size = sizeof(organum_request);
    request->bars = 4;
    request->metre_numerator = 4;
    request->metre_denominator = 4;
    request->pitch_class_mask = 0xFFF;
    request->highest_pitch = 127;
    request->variations = 1;
}

organum_status organum_create(uint32_t abi, organum_client** client, organum_error* error)
{
    if (abi != ORGANUM_ENGINE_ABI)
        return say(error, ORGANUM_BAD_VERSION, "another interface");
    *client = new organum_client;
    ++clients;
    return ORGANUM_OK;
}

void organum_destroy(organum_client* client)
{
    if (client != nullptr)
        --clients;
    delete client;
}

organum_status organum_load_within(organum_client*, const char* path, int32_t milliseconds,
                                   organum_model** model, organum_error* error)
{
    static std::mutex mutex;
    static std::string lastStuck; // it sticks once for each file
    const std::lock_guard<std::mutex> lock(mutex);
    auto* loaded = new organum_model{path};
    if (loaded->is("throws")) {
        delete loaded;
        throw std::runtime_error("an exception crossed the interface");
    }
    if (loaded->is("stickyfile") && lastStuck != path) {
        lastStuck = path;
        stuck = 1;
    }
    if (loaded->is("stickyfile") && stuck > 0) {
        delete loaded;
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
        return ORGANUM_PENDING;
    }
    if (loaded->is("refuses")) {
        delete loaded;
        return say(error, ORGANUM_BAD_FILE, "The bundle is damaged: it was planted so.");
    }
    *model = loaded;
    return ORGANUM_OK;
}

void organum_unload(organum_model* model)
{
    delete model;
}

organum_status organum_describe(const organum_model*, char* text, size_t capacity, size_t* needed)
{
    *needed = 3;
    if (capacity >= 3)
        std::snprintf(text, capacity, "{}");
    return ORGANUM_OK;
}

organum_status organum_generate(organum_client*, organum_model* model,
                                const organum_request* request, organum_job** job, organum_error*)
{
    auto* made = new organum_job;
    const std::int64_t bar = 4 * std::int64_t{ORGANUM_TICKS_PER_QUARTER} *
                             request->metre_numerator / request->metre_denominator;
    made->length = bar * request->bars;
    made->seed = request->seed;
    if (model->is("choir"))
        writeChoir(*request, bar, !model->is("forgetful"), densityOf(*model), *made);
    else
        writeLine(*request, *model, *made);
    if (model->is("wild"))
        made->notes.push_back({300, 90, 0, 10, 0});
    made->fails = model->is("fails");
    made->endless = model->is("hangs");
    made->sticks = model->is("sticks");
    if (made->sticks)
        stuck = 1;
    if (model->is("notice"))
        made->notice = "A chord of the primer was mapped to the nearest known one.";
    made->ready =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(model->is("slow") ? 500 : 0);
    *job = made;
    return ORGANUM_PENDING;
}

organum_status organum_poll(organum_job* job, organum_error* error)
{
    if (job->sticks && stuck > 0)
        return ORGANUM_PENDING;
    if (job->cancelled)
        return ORGANUM_CANCELLED;
    if (job->endless || std::chrono::steady_clock::now() < job->ready)
        return ORGANUM_PENDING;
    return job->fails ? say(error, ORGANUM_FAILED, "Composing failed: it was planted so.")
                      : ORGANUM_OK;
}

organum_status organum_wait(organum_job* job, int32_t milliseconds, organum_error* error)
{
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    organum_status status = ORGANUM_PENDING;
    while ((status = organum_poll(job, error)) == ORGANUM_PENDING &&
           std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return status;
}

uint64_t organum_heartbeat(organum_client*)
{
    return stuck > 0 ? steps.load() : ++steps;
}

void organum_cancel(organum_job* job)
{
    job->cancelled = true;
}

organum_status organum_take_of(const organum_job* job, int32_t, organum_take* take)
{
    take->seed = job->seed;
    take->length = job->length;
    take->notes = job->notes.data();
    take->note_count = job->notes.size();
    take->notice = job->notice.c_str();
    take->voice_count = job->voices;
    return ORGANUM_OK;
}

void organum_release(organum_job* job)
{
    delete job;
}
}
