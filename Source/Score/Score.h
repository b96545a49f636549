#pragma once

// What music is inside Organum: parts of notes in exact time, with a map of tempo, metre and key.
// Everything here is a plain value: copy it, compare it, hand it to another thread.

#include "Score/Quarters.h"

#include <string>
#include <vector>

namespace organum::score
{

struct Note
{
    int pitch = 60;    ///< MIDI note number 0..127
    int velocity = 90; ///< 1..127
    Quarters onset;
    Quarters duration; ///< > 0

    Quarters end() const { return onset + duration; }
    bool operator==(const Note& other) const;
    /** By onset, then pitch, then duration, then velocity. */
    bool operator<(const Note& other) const;
};

struct Part
{
    std::string name;
    int channel = 0;         ///< MIDI channel 0..15
    int program = 0;         ///< General MIDI program 0..127
    std::vector<Note> notes; ///< sorted by Note::operator<

    bool isDrums() const { return channel == 9; }
    bool operator==(const Part& other) const;
};

struct TempoChange
{
    Quarters at;
    int microsecondsPerQuarter = 500000;
    bool operator==(const TempoChange& other) const;
};

struct MetreChange
{
    Quarters at;
    int numerator = 4;
    int denominator = 4; ///< a power of two
    Quarters barLength() const { return {4 * static_cast<std::int64_t>(numerator), denominator}; }
    bool operator==(const MetreChange& other) const;
};

struct KeyChange
{
    Quarters at;
    int sharps = 0; ///< -7..7; negative = flats
    bool minor = false;
    bool operator==(const KeyChange& other) const;
};

struct Score
{
    std::string title;
    std::vector<Part> parts;
    std::vector<TempoChange> tempos; ///< ascending; before the first: 120 per minute
    std::vector<MetreChange> metres; ///< ascending; before the first: 4/4
    std::vector<KeyChange> keys;     ///< ascending

    /** End of the last note; 0 when there is none. */
    Quarters end() const;
    std::size_t noteCount() const;
    bool operator==(const Score& other) const;
};

} // namespace organum::score
