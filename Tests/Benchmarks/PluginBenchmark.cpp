// What the plugin costs a host: the time and memory of a scan, of an instance, and of the engine
// once somebody composes. One process, one table.

#include "Engine/organum_engine.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <dlfcn.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

namespace
{

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::time_point since)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - since).count();
}

struct Memory
{
    double megabytes = 0.0; ///< resident
    int objects = 0;        ///< shared objects mapped
};

Memory memoryNow()
{
    Memory memory;
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmRSS:", 0) == 0)
            memory.megabytes = std::stod(line.substr(6)) / 1024.0;
    std::ifstream maps("/proc/self/maps");
    std::string last;
    for (std::string line; std::getline(maps, line);) {
        const auto name = line.find('/');
        if (name == std::string::npos || line.find(".so", name) == std::string::npos)
            continue;
        if (line.substr(name) != last)
            ++memory.objects;
        last = line.substr(name);
    }
    return memory;
}

void row(const char* what, double time)
{
    const auto memory = memoryNow();
    std::printf("%-44s %9.1f ms %9.1f MB %6d objects\n", what, time, memory.megabytes,
                memory.objects);
}

/** Loads the engine and a model and composes 16 bars, as a plugin's worker does. */
bool compose()
{
    auto started = Clock::now();
    void* library = dlopen(ORGANUM_BENCH_ENGINE, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        std::fprintf(stderr, "Opening the engine %s: %s. Build the target organum_engine.\n",
                     ORGANUM_BENCH_ENGINE, dlerror());
        return false;
    }
    row("engine library opened", milliseconds(started));
    const auto find = [library](const char* name) { return dlsym(library, name); };
    const auto create = reinterpret_cast<decltype(&organum_create)>(find("organum_create"));
    const auto load = reinterpret_cast<decltype(&organum_load)>(find("organum_load"));
    const auto init =
        reinterpret_cast<decltype(&organum_request_init)>(find("organum_request_init"));
    const auto generate = reinterpret_cast<decltype(&organum_generate)>(find("organum_generate"));
    const auto wait = reinterpret_cast<decltype(&organum_wait)>(find("organum_wait"));
    const auto release = reinterpret_cast<decltype(&organum_release)>(find("organum_release"));
    const auto unload = reinterpret_cast<decltype(&organum_unload)>(find("organum_unload"));
    const auto destroy = reinterpret_cast<decltype(&organum_destroy)>(find("organum_destroy"));

    organum_error error{};
    organum_client* client = nullptr;
    organum_model* model = nullptr;
    started = Clock::now();
    if (create(ORGANUM_ENGINE_ABI, &client, &error) != ORGANUM_OK ||
        load(client, ORGANUM_BENCH_MODEL, &model, &error) != ORGANUM_OK) {
        std::fprintf(stderr, "%s\n", error.message);
        return false;
    }
    row("model loaded (bach-cello)", milliseconds(started));
    organum_request request;
    init(&request);
    request.bars = 16;
    for (const char* what : {"16 bars composed, first time", "16 bars composed, again"}) {
        organum_job* job = nullptr;
        started = Clock::now();
        if (generate(client, model, &request, &job, &error) != ORGANUM_OK ||
            wait(job, 60000, &error) != ORGANUM_OK) {
            std::fprintf(stderr, "%s\n", error.message);
            return false;
        }
        row(what, milliseconds(started));
        release(job);
    }
    unload(model);
    destroy(client);
    return true;
}

} // namespace

int main()
{
    juce::ScopedJuceInitialiser_GUI juceLives;
    row("empty host", 0.0);

    juce::VST3PluginFormat format;
    juce::OwnedArray<juce::PluginDescription> found;
    auto started = Clock::now();
    format.findAllTypesForFile(found, ORGANUM_BENCH_PLUGIN);
    row("VST3 scanned, first time", milliseconds(started));
    if (found.isEmpty()) {
        std::fprintf(stderr, "No plugin in %s. Build all targets first.\n", ORGANUM_BENCH_PLUGIN);
        return 1;
    }
    found.clear();
    started = Clock::now();
    format.findAllTypesForFile(found, ORGANUM_BENCH_PLUGIN);
    row("VST3 scanned again", milliseconds(started));

    juce::String problem;
    started = Clock::now();
    const auto plugin = format.createInstanceFromDescription(*found[0], 48000.0, 256, problem);
    if (plugin == nullptr) {
        std::fprintf(stderr, "%s\n", problem.toRawUTF8());
        return 1;
    }
    row("instance made", milliseconds(started));
    return compose() ? 0 : 1;
}
