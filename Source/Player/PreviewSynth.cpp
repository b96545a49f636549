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
    attackStep = 1.0f / (0.004f * rate);
    voices.fill({});
}

void PreviewSynth::fade()
{
    for (Voice& voice : voices) {
        voice.held = false;
        voice.decay = perSample(0.005f, rate);
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
    const float frequency = 440.0f * std::exp2(static_cast<float>(event.pitch - 69) / 12.0f);
    Voice& voice = voices[chosen];
    voice = {};
    voice.channel = event.channel();
    voice.pitch = event.pitch;
    voice.held = true;
    voice.level = loudness * static_cast<float>(event.velocity) / 127.0f;
    // Low strings sound longer than high ones.
    voice.decay = perSample(0.4f + 120.0f / frequency, rate);
    for (std::size_t k = 0; k < partials; ++k) {
        const float number = static_cast<float>(k + 1);
        const float angle = 2.0f * pi * frequency * number / rate;
        if (angle > 0.9f * pi)
            break;
        voice.amplitude[k] = 1.0f / (number * std::sqrt(number));
        voice.fading[k] = perSample(1.5f / number, rate);
        voice.cosine[k] = 1.0f;
        voice.rotateSine[k] = std::sin(angle);
        voice.rotateCosine[k] = std::cos(angle);
    }
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
                voice.amplitude[k] *= voice.fading[k];
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
