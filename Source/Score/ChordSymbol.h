#pragma once

// Chords as musicians write them: symbols like F#m7b5/A, and Roman numerals in a key, like V7/ii.
// Both become the same plain value, so that nothing else need know how a chord was typed.

#include <cstdint>
#include <string>
#include <vector>

namespace organum::score
{

/** What numerals count from. In minor, degrees without an accidental are those of natural minor,
    except that a diminished vii stands on the leading tone; degrees with one count from major, so
    that bVII is the same chord in both. */
struct ChordKey
{
    int tonic = 0; ///< 0 = C
    bool minor = false;
};

/** Minor when the scale on the tonic has the minor third and not the major one. */
ChordKey chordKey(int tonic, std::uint16_t pitchClasses);

struct ChordQuality
{
    std::string name;              ///< as printed after the root: "", "m", "7", "maj7" ...
    std::vector<std::string> also; ///< other spellings that are read
    std::uint16_t onC = 0;         ///< pitch classes above C, bit 0 = the root
};

/** Every known quality; triads first. The order and names are stable. */
const std::vector<ChordQuality>& chordQualities();

/** A chord, or "no chord" (N.C.), over which anything may sound. */
struct ChordSymbol
{
    int root = -1;           ///< pitch class, 0 = C; -1: no chord
    std::size_t quality = 0; ///< place in chordQualities()
    int bass = -1;           ///< pitch class of the lowest note, where one is named; else -1
    std::string rootName;    ///< as written: "Bb" or "A#"
    std::string bassName;

    bool isNone() const { return root < 0; }
    /** Pitch classes, the bass included; all twelve of "no chord". */
    std::uint16_t pitchClasses() const;
    /** "Bbm7/Ab"; "N.C." */
    std::string name() const;
    /** The same harmony; spelling aside. */
    bool operator==(const ChordSymbol& other) const
    {
        return root == other.root && bass == other.bass && (isNone() || quality == other.quality);
    }
};

/** Of a root and a quality, spelt as the key would. */
ChordSymbol chordOn(int root, std::size_t quality, const ChordKey& key, int bass = -1);

/** Reads a symbol (C, Am, Bbmaj7, F#m7b5, G7sus4, C/E, N.C.; # b and their musical signs, maj7 also
    as M7 or a triangle, dim as o or °, m7b5 as ø) or a numeral in the key (I, ii, V7, viio, bVII,
    V65, IV6 = first inversion, V7/ii). Throws std::invalid_argument with a sentence that names the
    text and what is known. */
ChordSymbol parseChord(const std::string& text, const ChordKey& key);

/** As a numeral of the key: "V7", "bVII", "iv"; a bass as "I/E" is written with its note. */
std::string romanName(const ChordSymbol& chord, const ChordKey& key);

} // namespace organum::score
