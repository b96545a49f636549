#include "Plugin/ExportSound.h"

#include "Player/PreviewSynth.h"
#include "Score/AtomicFile.h"
#include "Sound/SoundLength.h"
#include "Sound/WavWriter.h"

#include <juce_audio_basics/juce_audio_basics.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

namespace organum::plugin
{

namespace
{

constexpr int blockSize = 512;
constexpr double tailSeconds = 2.0;

class PreviewSound final : public OfflineSound
{
public:
    explicit PreviewSound(double sampleRate) { synth.prepare(sampleRate); }
    void render(const player::EventList& events, float* const* channels, int samples) override
    {
        synth.render(events, channels, 2, samples);
    }

private:
    player::PreviewSynth synth;
};

struct TimedEvent
{
    std::int64_t frame = 0;
    player::Event event;
};

/** In time order; at one moment ends come first, so that a repeated note sounds again. */
std::vector<TimedEvent> eventsOf(const ExportContent& content)
{
    const auto score = scoreOf(content, ExportKind::sound);
    std::vector<TimedEvent> events;
    const auto frameAt = [&score](const score::Quarters& time) {
        return static_cast<std::int64_t>(std::llround(sound::secondsAt(score, time) * exportRate));
    };
    for (std::size_t i = 0; i < score.parts.size(); ++i) {
        const auto& part = score.parts[i];
        if (!content.voice && (content.muted >> i & 1u) != 0)
            continue;
        const auto add = [&](const score::Note& note, bool begins) {
            player::Event event;
            event.status = static_cast<std::uint8_t>((begins ? 0x90 : 0x80) | part.channel);
            event.pitch = static_cast<std::uint8_t>(note.pitch);
            event.velocity = static_cast<std::uint8_t>(begins ? note.velocity : 0);
            events.push_back({frameAt(begins ? note.onset : note.end()), event});
        };
        for (const auto& note : part.notes) {
            add(note, true);
            add(note, false);
        }
    }
    std::stable_sort(events.begin(), events.end(), [](const TimedEvent& a, const TimedEvent& b) {
        return std::make_tuple(a.frame, a.event.isNoteOn()) <
               std::make_tuple(b.frame, b.event.isNoteOn());
    });
    return events;
}

std::vector<std::int16_t> interleaved(const juce::AudioBuffer<float>& audio, int samples)
{
    std::vector<std::int16_t> frames(static_cast<std::size_t>(samples) * 2);
    for (int channel = 0; channel < 2; ++channel)
        for (int i = 0; i < samples; ++i) {
            const float value = std::clamp(audio.getSample(channel, i), -1.0f, 1.0f);
            frames[static_cast<std::size_t>(2 * i + channel)] =
                static_cast<std::int16_t>(std::lround(32767.0f * value));
        }
    return frames;
}

void render(const ExportContent& content, sound::WavWriter& wav, OfflineSound& sound,
            const std::function<bool()>& goesOn)
{
    const auto events = eventsOf(content);
    const auto score = scoreOf(content, ExportKind::sound);
    const score::Quarters length =
        score::Quarters::fromSteps(content.take->length(), player::ticksPerQuarter);
    const auto frames = static_cast<std::int64_t>(
        (sound::secondsAt(score, std::max(length, score.end())) + tailSeconds) * exportRate);
    juce::AudioBuffer<float> audio(2, blockSize);
    std::size_t next = 0;
    for (std::int64_t done = 0; done < frames;) {
        if (goesOn && !goesOn())
            throw std::runtime_error("Rendering the sound was given up.");
        auto end = std::min(done + blockSize, frames);
        player::EventList list;
        for (; next < events.size() && events[next].frame < end; ++next) {
            if (list.room() == 0) {
                end = std::max(done, events[next].frame); // the rest belongs to another block
                break;
            }
            player::Event event = events[next].event;
            event.offset = static_cast<int>(events[next].frame - done);
            list.add(event);
        }
        const int samples = static_cast<int>(end - done);
        audio.clear();
        sound.render(list, audio.getArrayOfWritePointers(), samples);
        wav.write(interleaved(audio, samples));
        done = end;
    }
}

} // namespace

std::unique_ptr<OfflineSound> makePreviewSound(double sampleRate)
{
    return std::make_unique<PreviewSound>(sampleRate);
}

void writeSound(const ExportContent& content, const std::filesystem::path& file,
                const MakeSound& make, const std::function<bool()>& goesOn)
{
    const auto score = scoreOf(content, ExportKind::sound);
    if (sound::isTooLongForSound(sound::secondsAt(score, score.end())))
        throw std::runtime_error("This take is longer than the " +
                                 std::to_string(sound::longestSoundMinutes) +
                                 " minutes that a sound file may have.");
    const auto sound = make ? make(exportRate) : makePreviewSound(exportRate);
    score::replaceFileAtomically(file, "the sound file",
                                 [&](const std::filesystem::path& temporary) {
                                     sound::WavWriter wav(temporary, exportRate, 2, file);
                                     render(content, wav, *sound, goesOn);
                                     wav.finish();
                                 });
}

} // namespace organum::plugin
