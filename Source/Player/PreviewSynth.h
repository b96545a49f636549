#pragma once

// A small, quiet sound for hearing a take before an instrument is chosen: a few decaying partials a
// note, soft like a plucked string. Fixed voices; no allocation, lock or table to load.

#include "Player/EventList.h"

#include <array>
#include <cstddef>

namespace organum::player
{

class PreviewSynth
{
public:
    /** sampleRate in Hz. Ends all sound. Any thread while no block is being rendered. */
    void prepare(double sampleRate);

    /** Adds `samples` of sound to every channel [channels][samples]. Audio thread. */
    void render(const EventList& events, float* const* channels, int channelCount, int samples);

    /** Lets everything fade within a few milliseconds. Audio thread. */
    void fade();

private:
    static constexpr std::size_t partials = 5;
    struct Voice
    {
        int channel = -1;
        int pitch = -1;
        bool held = false;
        float level = 0.0f;  ///< of the whole note; below a threshold the voice is free
        float attack = 0.0f; ///< 0..1 during the first milliseconds
        float decay = 1.0f;  ///< per sample while held
        std::array<float, partials> amplitude{};
        // A rotating pair per partial: a sine without a call to sin().
        std::array<float, partials> sine{};
        std::array<float, partials> cosine{};
        std::array<float, partials> rotateSine{};
        std::array<float, partials> rotateCosine{};
    };
    /** What a pitch sounds like at this sample rate, worked out beforehand: a chord would else call
        sin() and exp() a hundred times within one block. */
    struct Tone
    {
        float decay = 1.0f;
        std::array<float, partials> amplitude{}; ///< 0 for what lies too high
        std::array<float, partials> rotateSine{};
        std::array<float, partials> rotateCosine{};
    };
    Tone toneOf(int pitch) const;
    void start(const Event& event);
    void release(const Event& event);
    void renderUntil(float* const* channels, int channelCount, int from, int to);

    std::array<Voice, 16> voices;
    std::array<Tone, 128> tones;
    std::array<float, partials> fading{}; ///< of each partial, the same for all pitches
    float rate = 48000.0f;
    float releaseFactor = 0.999f; ///< per sample after a key is let go
    float fadeFactor = 0.99f;
    float attackStep = 0.01f;
    std::size_t nextStolen = 0;
};

} // namespace organum::player
