#include "CommandLine/Health.h"

#include "CommandLine/ModelLibrary.h"
#include "Engine/Blas.h"
#include "Engine/organum_engine.h"
#include "Sound/SoundFonts.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <dlfcn.h>

namespace organum::commandline
{
namespace fs = std::filesystem;

namespace
{

constexpr double slowGigaflops = 10.0;

std::string homeFolder()
{
    const char* home = std::getenv("HOME");
    return home != nullptr ? home : "";
}

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

HealthCheck blasCheck()
{
    auto library = engine::blasLibrary();
    if (library.empty())
        library = "unknown library";
    return judgeBlas(engine::measureGigaflops(), library);
}

HealthCheck engineCheck()
{
    HealthCheck check{"engine", Health::ok, {}, {}};
    Dl_info info{};
    dladdr(reinterpret_cast<void*>(&organum_engine_abi), &info);
    check.finding = info.dli_fname != nullptr ? info.dli_fname : "linked";
    check.finding += ", interface " + std::to_string(organum_engine_abi());
    if (organum_engine_abi() != ORGANUM_ENGINE_ABI) {
        check.health = Health::failure;
        check.advice = "This program needs interface " + std::to_string(ORGANUM_ENGINE_ABI) +
                       "; reinstall Organum, so that all parts are of one version.";
    }
    const auto chosen = variable("ORGANUM_ENGINE");
    std::error_code error;
    if (!chosen.empty() && !fs::is_regular_file(chosen, error)) {
        check.health = Health::warning;
        check.advice = "ORGANUM_ENGINE names " + chosen +
                       ", which is no file: plugins will not find the engine. Unset it.";
    }
    return check;
}

HealthCheck modelsCheck()
{
    HealthCheck check{"models", Health::ok, {}, {}};
    std::size_t readable = 0;
    for (const auto& model : findModels()) {
        if (model.problem.empty()) {
            ++readable;
            check.finding += (readable > 1 ? ", " : "") + model.name;
        } else {
            check.health = Health::warning;
            check.advice += model.problem + " ";
        }
    }
    if (readable == 0) {
        check.health = Health::failure;
        check.finding = "none found";
        check.advice += "Put a .organum file into " + modelFolders().front().string() +
                        ", or train one with `organum train`.";
    }
    return check;
}

HealthCheck soundFontCheck()
{
    const auto font = sound::findSoundFont();
    if (font.empty())
        return {
            "soundfont", Health::warning, "none found: no WAV can be made",
            "Install the package timgm6mb-soundfont, or name a .sf2 file in ORGANUM_SOUNDFONT."};
    std::error_code error;
    if (!fs::is_regular_file(font, error))
        return {"soundfont", Health::warning, font.string() + " is not there",
                "Correct the variable ORGANUM_SOUNDFONT."};
    return {"soundfont", Health::ok, font.string(), {}};
}

HealthCheck pluginsCheck()
{
    HealthCheck check{"plugins", Health::ok, {}, {}};
    std::error_code error;
    for (const auto& folder : {fs::path(homeFolder()) / ".vst3", fs::path(homeFolder()) / ".lv2",
                               fs::path("/usr/local/lib/vst3"), fs::path("/usr/local/lib/lv2"),
                               fs::path("/usr/lib/vst3"), fs::path("/usr/lib/lv2")})
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error))
            if (entry->path().filename().string().rfind("Organum", 0) == 0)
                check.finding += (check.finding.empty() ? "" : ", ") + entry->path().string();
    if (check.finding.empty())
        return {"plugins", Health::warning, "not where hosts look",
                "`./dev install` puts them into ~/.vst3 and ~/.lv2."};
    return check;
}

HealthCheck displayCheck()
{
    const auto x11 = variable("DISPLAY");
    if (x11.empty())
        return {"display", Health::warning, "none: the standalone app cannot open a window",
                "Set DISPLAY, or use the command line and plugins."};
    return {"display", Health::ok, x11, {}};
}

HealthCheck midiCheck()
{
    std::error_code error;
    if (fs::exists("/dev/snd/seq", error))
        return {"midi", Health::ok, "ALSA sequencer", {}};
    return {"midi", Health::warning, "no ALSA sequencer: MIDI ports need JACK or PipeWire",
            "Load it with `modprobe snd-seq`, or start JACK."};
}

} // namespace

HealthCheck judgeBlas(double gigaflops, const std::string& library)
{
    char speed[64];
    std::snprintf(speed, sizeof(speed), ", %.1f GFLOP/s on one thread", gigaflops);
    HealthCheck check{"blas", Health::ok, library + speed, {}};
    if (gigaflops < slowGigaflops) {
        check.health = Health::warning;
        check.advice = "Matrix products are slow; is this the reference BLAS? Install the package "
                       "libopenblas0-pthread: training and generating become several times faster.";
    }
    return check;
}

std::vector<HealthCheck> examineHealth()
{
    return {blasCheck(),    engineCheck(),  modelsCheck(), soundFontCheck(),
            pluginsCheck(), displayCheck(), midiCheck()};
}

} // namespace organum::commandline
