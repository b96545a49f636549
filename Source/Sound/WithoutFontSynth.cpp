// Stands in where Organum is built without FluidSynth's headers: there are no SoundFonts, and
// everything else works.

#include "Sound/FontSynth.h"

namespace organum::sound
{

struct FontSynthParts
{
};

FontSynth::FontSynth(const std::filesystem::path&, double, double)
{
    throw FontError("This Organum was built without FluidSynth, which plays SoundFonts. Install "
                    "libfluidsynth-dev and build it again; everything else works without it.");
}

FontSynth::~FontSynth() = default;
void FontSynth::program(int, int) {}
void FontSynth::noteOn(int, int, int) {}
void FontSynth::noteOff(int, int) {}
void FontSynth::message(const std::uint8_t*, int) {}
void FontSynth::silence() {}
void FontSynth::render(float*, float*, int) {}
void FontSynth::render(std::int16_t*, int) {}

} // namespace organum::sound
