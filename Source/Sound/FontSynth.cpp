#include "Sound/FontSynth.h"

#include "Live/QuietErrors.h"

#include <dlfcn.h>
#include <fluidsynth.h>

#include <cstdlib>
#include <mutex>
#include <system_error>
#include <vector>

namespace organum::sound
{

namespace
{

#define ORGANUM_FLUID_FUNCTIONS(use)                                                               \
    use(new_fluid_settings) use(delete_fluid_settings) use(fluid_settings_setnum)                  \
        use(fluid_settings_setint) use(new_fluid_synth) use(delete_fluid_synth)                    \
            use(fluid_synth_sfload) use(fluid_synth_program_change) use(fluid_synth_noteon)        \
                use(fluid_synth_noteoff) use(fluid_synth_cc) use(fluid_synth_pitch_bend)           \
                    use(fluid_synth_channel_pressure) use(fluid_synth_key_pressure)                \
                        use(fluid_synth_all_sounds_off) use(fluid_synth_write_float)               \
                            use(fluid_synth_write_s16) use(fluid_set_log_function)

/** FluidSynth's functions by their names. */
struct Library
{
#define ORGANUM_DECLARE(name) decltype(&::name) name = nullptr;
    ORGANUM_FLUID_FUNCTIONS(ORGANUM_DECLARE)
#undef ORGANUM_DECLARE
    std::string problem; ///< why it cannot be used; empty when it can
};

Library openLibrary()
{
    Library library;
    std::vector<std::string> names = {"libfluidsynth.so.3", "libfluidsynth.so.2",
                                      "libfluidsynth.dylib"};
    if (const char* named = std::getenv("ORGANUM_FLUIDSYNTH"); named != nullptr && *named != 0)
        names = {named};
    void* handle = nullptr;
    for (const auto& name : names)
        if (handle == nullptr)
            handle = ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL); // stays open for good
    if (handle == nullptr) {
        library.problem = "FluidSynth, which plays SoundFonts, is not installed here. Install the "
                          "package libfluidsynth3; everything else works without it.";
        return library;
    }
    const char* missing = nullptr;
#define ORGANUM_FIND(name)                                                                         \
    library.name = reinterpret_cast<decltype(&::name)>(::dlsym(handle, #name));                    \
    if (library.name == nullptr)                                                                   \
        missing = #name;
    ORGANUM_FLUID_FUNCTIONS(ORGANUM_FIND)
#undef ORGANUM_FIND
    if (missing != nullptr)
        library.problem = std::string("The FluidSynth that is installed here is too old or too "
                                      "new: it has no ") +
                          missing + ". Install version 2.";
    else
        for (int level = 0; level < LAST_LOG_LEVEL; ++level)
            library.fluid_set_log_function(level, nullptr, nullptr); // our own sentence says it all
    return library;
}

/** Opened at the first call; throws FontError where there is none. */
const Library& fluid()
{
    static const auto* opened = new Library(openLibrary()); // as long as the process lives
    if (!opened->problem.empty())
        throw FontError(opened->problem);
    return *opened;
}

void checkFont(const std::filesystem::path& font)
{
    std::error_code problem;
    if (!std::filesystem::exists(font, problem))
        throw FontError("There is no SoundFont " + font.string() + ". Check the path.");
    if (!std::filesystem::is_regular_file(font, problem))
        throw FontError(font.string() + " is no SoundFont. Choose another .sf2 file.");
}

} // namespace

struct FontSynthParts
{
    explicit FontSynthParts(const Library& libraryIn)
        : library(libraryIn)
    {
    }
    ~FontSynthParts()
    {
        if (synth != nullptr)
            library.delete_fluid_synth(synth);
        if (settings != nullptr)
            library.delete_fluid_settings(settings);
    }
    const Library& library;
    fluid_settings_t* settings = nullptr;
    fluid_synth_t* synth = nullptr;
};

FontSynth::FontSynth(const std::filesystem::path& font, double sampleRate, double gain)
    : parts(std::make_unique<FontSynthParts>(fluid()))
{
    checkFont(font);
    const auto& library = parts->library;
    parts->settings = library.new_fluid_settings();
    library.fluid_settings_setnum(parts->settings, "synth.sample-rate", sampleRate);
    library.fluid_settings_setnum(parts->settings, "synth.gain", gain);
    library.fluid_settings_setint(parts->settings, "synth.lock-memory", 0);
    // One thread calls; without this every call would take a lock.
    library.fluid_settings_setint(parts->settings, "synth.threadsafe-api", 0);
    parts->synth = library.new_fluid_synth(parts->settings);
    if (parts->synth == nullptr)
        throw FontError("The synthesizer could not be started; is there enough memory?");
    // It tries its loader of DLS files too, which complains of every other kind past
    // fluid_set_log_function().
    const live::QuietErrors quiet;
    if (library.fluid_synth_sfload(parts->synth, font.string().c_str(), 1) < 0)
        throw FontError("Cannot read " + font.string() +
                        " as a SoundFont. Choose another .sf2 file.");
}

FontSynth::~FontSynth() = default;

void FontSynth::program(int channel, int program)
{
    parts->library.fluid_synth_program_change(parts->synth, channel, program);
}

void FontSynth::noteOn(int channel, int pitch, int velocity)
{
    parts->library.fluid_synth_noteon(parts->synth, channel, pitch, velocity);
}

void FontSynth::noteOff(int channel, int pitch)
{
    parts->library.fluid_synth_noteoff(parts->synth, channel, pitch);
}

void FontSynth::message(const std::uint8_t* bytes, int size)
{
    if (size < 2 || bytes[0] < 0x80 || bytes[0] >= 0xf0)
        return;
    const int channel = bytes[0] & 0x0f;
    const int first = bytes[1] & 0x7f;
    const int second = size > 2 ? bytes[2] & 0x7f : 0;
    const auto& library = parts->library;
    switch (bytes[0] & 0xf0) {
    case 0x80:
        noteOff(channel, first);
        break;
    case 0x90:
        if (second > 0)
            noteOn(channel, first, second);
        else
            noteOff(channel, first);
        break;
    case 0xa0:
        library.fluid_synth_key_pressure(parts->synth, channel, first, second);
        break;
    case 0xb0:
        library.fluid_synth_cc(parts->synth, channel, first, second);
        break;
    case 0xc0:
        program(channel, first);
        break;
    case 0xd0:
        library.fluid_synth_channel_pressure(parts->synth, channel, first);
        break;
    default:
        library.fluid_synth_pitch_bend(parts->synth, channel, second * 128 + first);
        break;
    }
}

void FontSynth::silence()
{
    parts->library.fluid_synth_all_sounds_off(parts->synth, -1);
}

void FontSynth::render(float* left, float* right, int frames)
{
    parts->library.fluid_synth_write_float(parts->synth, frames, left, 0, 1, right, 0, 1);
}

void FontSynth::render(std::int16_t* interleaved, int frames)
{
    parts->library.fluid_synth_write_s16(parts->synth, frames, interleaved, 0, 2, interleaved, 1,
                                         2);
}

} // namespace organum::sound
