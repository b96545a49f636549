#include "CommandLine/Sound.h"

#include "CommandLine/Command.h"
#include "Live/QuietErrors.h"
#include "Sound/SoundLength.h"
#include "Sound/WavWriter.h"

#include <fluidsynth.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <system_error>

namespace organum::commandline
{
namespace fs = std::filesystem;

namespace
{

constexpr double releaseSeconds = 4.0;
constexpr int framesPerBlock = 4096;
/** 16-bit samples this small count as silence. */
constexpr int silence = 4;

struct SettingsDeleter
{
    void operator()(fluid_settings_t* settings) const { delete_fluid_settings(settings); }
};
struct SynthDeleter
{
    void operator()(fluid_synth_t* synth) const { delete_fluid_synth(synth); }
};
using Settings = std::unique_ptr<fluid_settings_t, SettingsDeleter>;
using Synth = std::unique_ptr<fluid_synth_t, SynthDeleter>;

struct NoteEvent
{
    std::int64_t frame = 0;
    bool isOn = false;
    int channel = 0;
    int pitch = 0;
    int velocity = 0;
};

/** In time order; at one moment offs come first, so that a repeated note sounds again. */
std::vector<NoteEvent> noteEvents(const score::Score& score, int sampleRate)
{
    std::vector<NoteEvent> events;
    const auto frameAt = [&](const score::Quarters& time) {
        return static_cast<std::int64_t>(std::llround(sound::secondsAt(score, time) * sampleRate));
    };
    for (const auto& part : score.parts) {
        for (const auto& note : part.notes) {
            events.push_back({frameAt(note.onset), true, part.channel, note.pitch, note.velocity});
            events.push_back({frameAt(note.end()), false, part.channel, note.pitch, 0});
        }
    }
    std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) {
        return a.frame != b.frame ? a.frame < b.frame : a.isOn < b.isOn;
    });
    return events;
}

fs::path checkedFont(const SoundOptions& options)
{
    const auto font = options.soundFont.empty() ? findSoundFont() : options.soundFont;
    if (font.empty())
        throw Failure("no SoundFont was found to make sound with. Install the package "
                      "timgm6mb-soundfont, or name a .sf2 file with --soundfont.");
    std::error_code error;
    if (!fs::exists(font, error))
        throw Failure("there is no SoundFont " + font.string() +
                      ". Check the path given with --soundfont.");
    if (!fs::is_regular_file(font, error))
        throw Failure(font.string() + " is no SoundFont. Name another .sf2 file with --soundfont.");
    return font;
}

class Renderer
{
public:
    Renderer(const fs::path& font, int sampleRate, double gain)
        : settings(new_fluid_settings())
    {
        for (int level = 0; level < LAST_LOG_LEVEL; ++level)
            fluid_set_log_function(level, nullptr, nullptr); // our own sentence says it all
        fluid_settings_setnum(settings.get(), "synth.sample-rate", sampleRate);
        fluid_settings_setnum(settings.get(), "synth.gain", gain);
        fluid_settings_setint(settings.get(), "synth.lock-memory", 0);
        synth.reset(new_fluid_synth(settings.get()));
        if (synth == nullptr)
            throw Failure("the synthesizer could not be started; is there enough memory?");
        if (!load(font))
            throw Failure("cannot read " + font.string() +
                          " as a SoundFont. Name another .sf2 file with --soundfont.");
    }

    void choosePrograms(const score::Score& score)
    {
        for (const auto& part : score.parts)
            fluid_synth_program_change(synth.get(), part.channel, part.program);
    }

    void play(const NoteEvent& event)
    {
        if (event.isOn)
            fluid_synth_noteon(synth.get(), event.channel, event.pitch, event.velocity);
        else
            fluid_synth_noteoff(synth.get(), event.channel, event.pitch);
    }

    /** Renders so many frames into the file; returns the largest sample. */
    int render(std::int64_t frames, sound::WavWriter& wav, const std::function<void()>& pulse)
    {
        int peak = 0;
        while (frames > 0) {
            if (pulse)
                pulse();
            const auto count = static_cast<int>(std::min<std::int64_t>(frames, framesPerBlock));
            samples.resize(static_cast<std::size_t>(count) * 2);
            fluid_synth_write_s16(synth.get(), count, samples.data(), 0, 2, samples.data(), 1, 2);
            for (const auto sample : samples)
                peak = std::max(peak, std::abs(static_cast<int>(sample)));
            wav.write(samples);
            frames -= count;
        }
        return peak;
    }

private:
    bool load(const fs::path& font)
    {
        // It tries its loader of DLS files too, which complains of every other kind past
        // fluid_set_log_function().
        const live::QuietErrors quiet;
        return fluid_synth_sfload(synth.get(), font.string().c_str(), 1) >= 0;
    }

    Settings settings;
    Synth synth;
    std::vector<std::int16_t> samples;
};

} // namespace

fs::path findSoundFont()
{
    std::error_code error;
    if (const char* named = std::getenv("ORGANUM_SOUNDFONT"); named != nullptr && *named != 0)
        return named;
    for (const auto* folder : {"/usr/share/sounds/sf2", "/usr/share/soundfonts",
                               "/usr/local/share/sounds/sf2", "/opt/homebrew/share/soundfonts"}) {
        for (const auto* name :
             {"TimGM6mb.sf2", "default-GM.sf2", "FluidR3_GM.sf2", "default.sf2"}) {
            const auto file = fs::path(folder) / name;
            if (fs::is_regular_file(file, error))
                return file;
        }
    }
    return {};
}

void renderWav(const score::Score& score, const fs::path& file, const SoundOptions& options)
{
    if (sound::isTooLongForSound(sound::secondsAt(score, score.end())))
        throw Failure("this music is too long for one sound file. Cut it into shorter ones.");
    Renderer renderer(checkedFont(options), options.sampleRate, options.gain);
    renderer.choosePrograms(score);
    sound::WavWriter wav(file, options.sampleRate, 2);

    std::int64_t frame = 0;
    for (const auto& event : noteEvents(score, options.sampleRate)) {
        renderer.render(event.frame - frame, wav, options.pulse);
        frame = event.frame;
        renderer.play(event);
    }
    const int slice = options.sampleRate / 4;
    for (double rendered = 0.0; rendered < releaseSeconds; rendered += 0.25)
        if (renderer.render(slice, wav, options.pulse) <= silence)
            break;
    wav.finish();
}

} // namespace organum::commandline
