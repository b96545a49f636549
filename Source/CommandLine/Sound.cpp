#include "CommandLine/Sound.h"

#include "CommandLine/Command.h"
#include "Sound/FontSynth.h"
#include "Sound/SoundFonts.h"
#include "Sound/SoundLength.h"
#include "Sound/WavWriter.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace organum::commandline
{
namespace fs = std::filesystem;

namespace
{

constexpr double releaseSeconds = 4.0;
constexpr int framesPerBlock = 4096;
/** 16-bit samples this small count as silence. */
constexpr int silence = 4;

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

fs::path fontOf(const SoundOptions& options)
{
    const auto font = options.soundFont.empty() ? sound::findSoundFont() : options.soundFont;
    if (font.empty())
        throw Failure("no SoundFont was found to make sound with. Install the package "
                      "timgm6mb-soundfont, or name a .sf2 file with --soundfont.");
    return font;
}

/** Renders so many frames into the file; returns the largest sample. */
int render(sound::FontSynth& synth, std::int64_t frames, sound::WavWriter& wav,
           const std::function<void()>& pulse)
{
    int peak = 0;
    std::vector<std::int16_t> samples;
    while (frames > 0) {
        if (pulse)
            pulse();
        const auto count = static_cast<int>(std::min<std::int64_t>(frames, framesPerBlock));
        samples.resize(static_cast<std::size_t>(count) * 2);
        synth.render(samples.data(), count);
        for (const auto sample : samples)
            peak = std::max(peak, std::abs(static_cast<int>(sample)));
        wav.write(samples);
        frames -= count;
    }
    return peak;
}

} // namespace

void renderWav(const score::Score& score, const fs::path& file, const SoundOptions& options)
{
    if (sound::isTooLongForSound(sound::secondsAt(score, score.end())))
        throw Failure("this music is too long for one sound file. Cut it into shorter ones.");
    sound::FontSynth synth(fontOf(options), options.sampleRate, options.gain);
    for (const auto& part : score.parts)
        synth.program(part.channel, part.program);
    sound::WavWriter wav(file, options.sampleRate, 2);

    std::int64_t frame = 0;
    for (const auto& event : noteEvents(score, options.sampleRate)) {
        render(synth, event.frame - frame, wav, options.pulse);
        frame = event.frame;
        if (event.isOn)
            synth.noteOn(event.channel, event.pitch, event.velocity);
        else
            synth.noteOff(event.channel, event.pitch);
    }
    const int slice = options.sampleRate / 4;
    for (double rendered = 0.0; rendered < releaseSeconds; rendered += 0.25)
        if (render(synth, slice, wav, options.pulse) <= silence)
            break;
    wav.finish();
}

} // namespace organum::commandline
