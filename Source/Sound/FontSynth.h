#pragma once

// Instruments out of a SoundFont, by FluidSynth. That library is opened when a font is first
// wanted: it brings some sixty others along, which nobody should pay for who plays into his own
// synthesizer, and a machine without it runs everything else. No plugin may link this.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace organum::sound
{

/** Why there is no sound of a font: what() names the file or library, and what to do. */
class FontError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

struct FontSynthParts;

/** All calls from one thread at a time. Making one reads the font, which takes up to seconds; what
    comes after neither allocates nor locks, so that an audio thread may do it. */
class FontSynth
{
public:
    static constexpr double usualGain = 0.5; ///< FluidSynth's master gain, 0..10

    /** sampleRate in Hz, 8000..96000. Throws FontError. */
    FontSynth(const std::filesystem::path& font, double sampleRate, double gain = usualGain);
    ~FontSynth();
    FontSynth(const FontSynth&) = delete;
    FontSynth& operator=(const FontSynth&) = delete;

    /** Channels 0..15. */
    void program(int channel, int program);
    void noteOn(int channel, int pitch, int velocity);
    void noteOff(int channel, int pitch);
    /** A MIDI message of a channel; others are left out. */
    void message(const std::uint8_t* bytes, int size);
    /** Ends everything that sounds. */
    void silence();

    /** The next `frames` of sound, in place of what stands there. */
    void render(float* left, float* right, int frames);
    void render(std::int16_t* interleaved, int frames);

private:
    const std::unique_ptr<FontSynthParts> parts;
};

} // namespace organum::sound
