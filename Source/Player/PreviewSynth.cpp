#include "Player/PreviewSynth.h"

#include <algorithm>
#include <cmath>

namespace organum::player
{

namespace
{

constexpr float silence = 1.0e-4f;
constexpr float loudness = 0.10f; // one note; ten at once stay below full scale
constexpr float pi = 3.14159265358979f;

float perSample(float seconds, float rate)
{
    return std::exp(-1.0f / (seconds * rate));
}

} // namespace

void PreviewSynth::prepare(double sampleRate)
{
    rate = static_cast<float>(sampleRate);
    releaseFactor = perSample(0.08f, rate);
    fadeFactor = perSample(0.005f, rate);
    attackStep = 1.0f / (0.004f * rate);
    voices.fill({});
    for (std::size_t k = 0; k < partials; ++k)
        fading[k] = perSample(1.5f / static_cast<float>(k + 1), rate);
    for (std::size_t pitch = 0; pitch < tones.size(); ++pitch)
        tones[pitch] = toneOf(static_cast<int>(pitch));
}

PreviewSynth::Tone PreviewSynth::toneOf(int pitch) const
{
    const float frequency = 440.0f * std::exp2(static_cast<float>(pitch - 69) / 12.0f);
    Tone tone;
    // Low strings sound longer than high ones.
    tone.decay = perSample(0.4f + 120.0f / frequency, rate);
    for (std::size_t k = 0; k < partials; ++k) {
        const float number = static_cast<float>(k + 1);
        const float angle = 2.0f * pi * frequency * number / rate;
        if (angle > 0.9f * pi)
            break;
        tone.amplitude[k] = 1.0f / (number * std::sqrt(number));
        tone.rotateSine[k] = std::sin(angle);
        tone.rotateCosine[k] = std::cos(angle);
    }
    return tone;
}

void PreviewSynth::fade()
{
    for (Voice& voice : voices) {
        voice.held = false;
        voice.decay = fadeFactor;
    }
}

void PreviewSynth::start(const Event& event)
{
    std::size_t chosen = voices.size();
    for (std::size_t i = 0; i < voices.size(); ++i)
        if (voices[i].level < silence) {
            chosen = i;
            break;
        }
    if (chosen == voices.size()) {
        chosen = nextStolen;
        nextStolen = (nextStolen + 1) % voices.size();
    }
    const Tone& tone = tones[event.pitch & 0x7fu];
    Voice& voice = voices[chosen];
    voice = {};
    voice.channel = event.channel();
    voice.pitch = event.pitch;
    voice.held = true;
    voice.level = loudness * static_cast<float>(event.velocity) / 127.0f;
    voice.decay = tone.decay;
    voice.amplitude = tone.amplitude;
    voice.rotateSine = tone.rotateSine;
    voice.rotateCosine = tone.rotateCosine;
    voice.cosine.fill(1.0f);
}

void PreviewSynth::release(const Event& event)
{
    for (Voice& voice : voices)
        if (voice.held && voice.pitch == event.pitch && voice.channel == event.channel()) {
            voice.held = false;
            voice.decay = releaseFactor;
        }
}

void PreviewSynth::render(const EventList& events, float* const* channels, int channelCount,
                          int samples)
{
    int done = 0;
    for (const Event& event : events) {
        renderUntil(channels, channelCount, done, event.offset);
        done = std::max(done, event.offset);
        if (event.isNoteOn())
            start(event);
        else
            release(event);
    }
    renderUntil(channels, channelCount, done, samples);
}

void PreviewSynth::renderUntil(float* const* channels, int channelCount, int from, int to)
{
    for (Voice& voice : voices) {
        for (int i = from; i < to && voice.level >= silence; ++i) {
            float sum = 0.0f;
            for (std::size_t k = 0; k < partials; ++k) {
                const float sine =
                    voice.sine[k] * voice.rotateCosine[k] + voice.cosine[k] * voice.rotateSine[k];
                voice.cosine[k] =
                    voice.cosine[k] * voice.rotateCosine[k] - voice.sine[k] * voice.rotateSine[k];
                voice.sine[k] = sine;
                sum += voice.amplitude[k] * sine;
                voice.amplitude[k] *= fading[k];
            }
            voice.attack = std::min(1.0f, voice.attack + attackStep);
            const float value = sum * voice.level * voice.attack;
            voice.level *= voice.decay;
            for (int channel = 0; channel < channelCount; ++channel)
                channels[channel][i] += value;
        }
    }
}

} // namespace organum::player
