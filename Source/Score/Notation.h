#pragma once

// From exact times to written note values: bars, voices, ties, triplets and rests. It knows no file
// format; the MusicXML writer puts its result into words.

#include "Score/Score.h"

#include <string>
#include <vector>

namespace organum::score
{

struct NotatedPitch
{
    int pitch = 60;
    int velocity = 90;
    bool tiedFromBefore = false;
    bool tiedOnwards = false;
};

/** A chord, note or rest of one written value. */
struct NotatedValue
{
    Quarters onset;                    ///< since the bar line
    Quarters duration;                 ///< as it sounds
    std::vector<NotatedPitch> pitches; ///< none = rest
    std::string type;                  ///< "quarter", "16th" ...; empty for a rest of a whole bar
    bool dotted = false;
    bool inTriplet = false;  ///< three in the time of two
    std::string tripletType; ///< of the two: "eighth" when the triplet fills a quarter
    bool startsTriplet = false;
    bool endsTriplet = false;
};

using NotatedVoice = std::vector<NotatedValue>; ///< fills its bar without gaps

/** A bar of the score; starts lie on multiples of 1/16 quarter. */
struct BarSpan
{
    Quarters start;
    Quarters length;
    MetreChange metre;
};

/** The bars of a whole score, at least one. Throws std::invalid_argument above `most`. */
std::vector<BarSpan> barsOf(const Score& score, std::size_t most);

/** For each bar its voices; the first is always there, others only in bars where they sound. */
std::vector<std::vector<NotatedVoice>> notate(const Part& part, const std::vector<BarSpan>& bars);

/** A pitch as letter, accidental and octave. */
struct SpelledPitch
{
    char letter = 'C';
    int alteration = 0; ///< semitones: 1 = sharp
    int octave = 4;
};

/** The spelling nearest to a key on the line of fifths: from a minor third below to an augmented
    fifth above its major tonic. */
SpelledPitch spelled(int pitch, int keySharps);

} // namespace organum::score
