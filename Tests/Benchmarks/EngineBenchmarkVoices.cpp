#include "EngineBenchmarkVoices.h"

#include "../Engine/TinyChoir.h"
#include "Engine/ModelLoader.h"
#include "Engine/organum_engine.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

using namespace organum;
using namespace organum::engine;

namespace
{

using Clock = std::chrono::steady_clock;

double residentMegabytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmRSS:", 0) == 0)
            return std::stod(line.substr(6)) / 1024.0;
    return 0.0;
}

/** Every request turns one knob; times in milliseconds, ascending. */
std::vector<double> knobTimes(const LoadedModel& loaded, int bars, double strength, int count)
{
    Request request;
    request.bars = bars;
    request.voices.ruleStrength = strength;
    request.voices.latentMask = ORGANUM_ALL_LATENTS;
    for (auto& latent : request.voices.latents)
        latent = {1, 2, 0.5};
    std::vector<double> times;
    for (int i = 0; i < count + 3; ++i) {
        auto& knob = request.voices.latents[static_cast<std::size_t>(i) % 10];
        knob.seedA = static_cast<std::uint64_t>(i);
        knob.morph = static_cast<double>(i % 7) / 7.0;
        const auto before = Clock::now();
        generate(*loaded.model, request);
        const auto time = std::chrono::duration<double, std::milli>(Clock::now() - before).count();
        if (i >= 3) // warm
            times.push_back(time);
    }
    std::sort(times.begin(), times.end());
    return times;
}

void row(const char* name, const LoadedModel& loaded, int bars, double strength, int count)
{
    const auto times = knobTimes(loaded, bars, strength, count);
    const auto at = [&times](double share) {
        return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
    };
    std::printf("  %-40s %8.2f %8.2f %8.2f\n", name, times.front(), at(0.5), at(0.99));
}

} // namespace

void benchmarkVoices(bool quick)
{
    const std::filesystem::path shipped = ORGANUM_BENCH_CHORALES;
    const bool isShipped = std::filesystem::exists(shipped);
    const auto before = residentMegabytes();
    const auto loaded =
        isShipped ? loadModel(shipped) : makeModel(test::tinyChoir(ConditionalMuseGanOptions{}));
    const int count = quick ? 3 : 300;
    std::printf("four voices, %s, one thread, knob to notes over %d requests\n",
                isShipped ? "bach-chorales" : "drawn weights", count);
    std::printf("  %-40s %8s %8s %8s ms\n", "", "best", "p50", "p99");
    row("2 bars, network alone", loaded, 2, 0.0, count);
    row("2 bars, voice leading", loaded, 2, 0.5, count);
    row("8 bars, voice leading", loaded, 8, 0.5, quick ? 1 : count / 4);
    std::printf("  %-40s %8.1f MB\n", "memory: model and scratch", residentMegabytes() - before);
}
