// What the plugin costs a host: the time and memory of a scan, of an instance, of the engine once
// somebody composes, and of many instances. One process, one table.

#include "Engine/organum_engine.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <dlfcn.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

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

int mappedFilesOf(const char* library)
{
    int count = 0;
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);)
        count += line.find(library) != std::string::npos ? 1 : 0;
    return count;
}

/** Presses Generate and waits until the state holds music. */
bool generate(juce::AudioPluginInstance& plugin)
{
    juce::AudioBuffer<float> audio(plugin.getTotalNumOutputChannels(), 256);
    juce::MidiBuffer midi;
    const auto stateSize = [&plugin] {
        juce::MemoryBlock state;
        plugin.getStateInformation(state);
        return state.getSize();
    };
    const auto press = [&](float value) {
        for (auto* each : plugin.getParameters())
            if (each->getName(32) == "Generate")
                each->setValue(value);
        for (int block = 0; block < 4; ++block)
            plugin.processBlock(audio, midi);
    };
    plugin.prepareToPlay(48000.0, 256);
    const auto before = stateSize();
    press(0.0f);
    press(1.0f);
    const auto started = Clock::now();
    while (stateSize() < before + 16 && milliseconds(started) < 60000.0) {
        plugin.processBlock(audio, midi);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return stateSize() >= before + 16;
}

/** Many instances in one host, each with music of its own. */
bool crowd(juce::AudioPluginFormat& format, const juce::PluginDescription& description)
{
    constexpr int count = 32;
    setenv("ORGANUM_ENGINE", ORGANUM_BENCH_ENGINE, 1);
    setenv("ORGANUM_MODELS",
           juce::File(ORGANUM_BENCH_MODEL).getParentDirectory().getFullPathName().toRawUTF8(), 1);
    std::vector<std::unique_ptr<juce::AudioPluginInstance>> plugins;
    const auto started = Clock::now();
    double afterFirst = 0.0;
    for (int i = 0; i < count; ++i) {
        juce::String problem;
        plugins.push_back(format.createInstanceFromDescription(description, 48000.0, 256, problem));
        if (plugins.back() == nullptr || !generate(*plugins.back())) {
            std::fprintf(stderr, "Instance %d did not generate. %s\n", i, problem.toRawUTF8());
            return false;
        }
        if (i == 0)
            afterFirst = memoryNow().megabytes;
    }
    row("32 instances, each has generated", milliseconds(started));
    std::printf("%-44s %22.2f MB (aim: 5)\n", "each instance after the first",
                (memoryNow().megabytes - afterFirst) / (count - 1));
    return true;
}

} // namespace

int main()
{
    juce::ScopedJuceInitialiser_GUI juceLives;
    row("empty host", 0.0);
    const double empty = memoryNow().megabytes;

    juce::VST3PluginFormat format;
    juce::OwnedArray<juce::PluginDescription> found;
    auto started = Clock::now();
    format.findAllTypesForFile(found, ORGANUM_BENCH_PLUGIN);
    const double scan = milliseconds(started);
    row("VST3 scanned, first time", scan);
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
    const double instance = milliseconds(started);
    row("instance made", instance);
    std::printf("%-44s %9.1f ms %9.1f MB (aims: 60, 25), LibTorch mapped: %d\n",
                "first scan and instance, beyond the host", scan + instance,
                memoryNow().megabytes - empty, mappedFilesOf("libtorch"));
    return compose() && crowd(format, *found[0]) ? 0 : 1;
}
