#pragma once

// A piece as a table: at each step of a fixed length, one pitch or silence for each voice. It is
// what networks of several voices read and write, and what voice leading is measured on.

#include "Score/Score.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace organum::score
{

struct VoiceGrid
{
    static constexpr int silent = -1;

    int voices = 4;
    Quarters step{1, 4};              ///< length of a step
    std::vector<int> pitches;         ///< [steps, voices], row by row; MIDI numbers or `silent`
    std::vector<std::uint8_t> onsets; ///< same shape; 1: a note begins. Silence has 0; where a
                                      ///< pitch differs from the step before it is always 1

    int steps() const { return voices > 0 ? static_cast<int>(pitches.size()) / voices : 0; }
    /** Place of one cell in `pitches` and `onsets`. */
    std::size_t cell(int at, int voice) const
    {
        return static_cast<std::size_t>(at) * static_cast<std::size_t>(voices) +
               static_cast<std::size_t>(voice);
    }
    int pitch(int at, int voice) const { return pitches[cell(at, voice)]; }
    bool onset(int at, int voice) const { return onsets[cell(at, voice)] != 0; }
    bool isSilent(int at, int voice) const { return pitch(at, voice) == silent; }

    bool operator==(const VoiceGrid& other) const;
};

/** Where a grid that knows only pitches begins its notes. Equal pitches in a row may be one held
    note or a repeated one; a rule has to say. */
enum class Joining
{
    untilPitchChanges, ///< every run of one pitch is one note
    cutAtBeats,        ///< a run is struck again on each beat (the book's rule)
    cutAtBars,         ///< a run is struck again on each bar line
    cutAtStrongBeats ///< on each bar line, and in the middle of a bar of four beats or more unless
                     ///< the note began with the bar: long notes on strong beats survive
};

/** Writes `onsets` anew from `pitches`; step 0 lies on a beat and a bar line. Throws
    std::invalid_argument when a number of steps is below 1. Any thread. */
void markOnsets(VoiceGrid& grid, Joining joining, int stepsPerBeat = 4, int stepsPerBar = 16);

/** Steps first to first + count of a grid; a note that sounds on at `first` begins there. Steps
    beyond the end are left out. Throws std::invalid_argument when first or count is negative. */
VoiceGrid excerpt(const VoiceGrid& grid, int first, int count);

struct VoiceScoreOptions
{
    std::vector<std::string> names; ///< missing ones: Soprano, Alto, Tenor, Bass for four voices,
                                    ///< else "Voice 1", "Voice 2" ...
    std::vector<int> programs;      ///< General MIDI, from 0; a voice without one: the last, or 0
    int microsecondsPerQuarter = 909091; ///< 66 quarters a minute, as in the book
    int velocity = 90;
    MetreChange metre;
    std::string title;
};

/** One part a voice, each on a channel of its own from 0 on, the drums' left out. The pitches and
    onsets of the grid are kept to the step. Throws std::invalid_argument when the table is not
    [steps, voices], holds a pitch outside -1..127 or has more than 15 voices. Any thread. */
Score scoreFrom(const VoiceGrid& grid, const VoiceScoreOptions& options = {});

struct GridReading
{
    VoiceGrid grid;
    std::size_t dropped = 0;   ///< notes that sound at no step of the grid
    std::size_t shortened = 0; ///< notes that sound at fewer steps than they lasted
    std::size_t moved = 0;     ///< notes whose onset or end lay between two steps
};

/** Whether a part without notes is a voice that is silent throughout, or none. */
enum class SilentParts
{
    areNone,
    areVoices
};

/** One voice a part, drums left out, in the score's order. Onsets and ends go to
    the nearest step (halfway: the later one); a note lasts one step at least. Where several notes
    of a part sound at a step the highest wins, among equals the one that began last. The grid
    ends with the last note. Throws std::invalid_argument when the step is not above 0, with more
    than 64 such parts, or for a score of more than 400,000 steps. Any thread. */
GridReading gridFrom(const Score& score, const Quarters& step = {1, 4},
                     SilentParts silentParts = SilentParts::areNone);

} // namespace organum::score
