#pragma once

// Scales as sets of pitch classes, for constraining what is generated and for transposing. A set
// is a 12-bit mask: bit 0 is C, bit 11 is B.

#include "Score/Score.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace organum::score
{

struct Scale
{
    std::string name;          ///< "major", "natural minor", "dorian" ...
    std::uint16_t onC = 0xFFF; ///< pitch classes when the tonic is C
};

/** All named scales, chromatic first; the order and names are stable. */
const std::vector<Scale>& scales();
/** By name, whatever its case; nothing when there is none of that name. */
std::optional<Scale> findScale(const std::string& name);

/** Pitch classes of a scale on a tonic 0..11 (C = 0). Throws std::invalid_argument. */
std::uint16_t pitchClasses(const Scale& scale, int tonic);
bool contains(std::uint16_t pitchClassMask, int midiPitch);

/** 0..11 for "C", "F#", "Gb", "E-" (music21's flat) in either case; nothing for other texts. */
std::optional<int> tonicFromName(const std::string& name);
/** "C", "C#", "D", "Eb" ... for 0..11. */
std::string tonicName(int tonic);

/** Pitch class of a key's tonic, 0..11. */
int tonicOf(const KeyChange& key);
/** The key signature of a tonic 0..11 with the fewest accidentals (six: sharps). */
KeyChange keyWithTonic(int tonic, bool minor, const Quarters& at = {});

/** The signature under which a scale is written: of the major scale with the same notes, where
   there is one; else of the tonic's minor or major, as its third and fifth say; nothing for a scale
   that is in no key, such as the chromatic one. */
std::optional<KeyChange> keySignatureOf(const Scale& scale, int tonic);

/** Moves every pitch but the drums' by semitones, and the keys with them. Throws std::out_of_range
    when a note would leave 0..127; the message names it. */
Score transposed(const Score& score, int semitones);

} // namespace organum::score
