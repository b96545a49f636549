#pragma once

// The book's view of a piece (section 7.1): one line of (chord, duration) elements. All sounding
// notes collapse into one stream by slicing the piece at every onset and every end.

#include "Score/Score.h"

#include <optional>
#include <string>
#include <vector>

namespace organum::score
{

/** One slice: the pitches that sound in it, ascending; none = rest. */
struct Element
{
    std::vector<int> pitches;
    Quarters onset;
    Quarters duration; ///< > 0

    bool isRest() const { return pitches.empty(); }
    bool operator==(const Element& other) const;
};

/** Which parts are read: every one, one by index or name, or the melody (the first part that is
    not drums; in a file with a single part of chords its highest voice). */
struct PartSelection
{
    enum class Kind
    {
        all,
        index,
        name,
        melody
    };
    Kind kind = Kind::all;
    int index = 0; ///< counted from 1, over parts that hold notes
    std::string name;

    /** "all", "melody", a number from 1, or else a part's name. */
    static PartSelection fromString(const std::string& text);
    std::string toString() const;
};

/** Chordifies. Onsets and ends are first snapped to the nearer of the 1/4 and 1/3 quarter grids (a
    tie goes to the finer 1/4 grid; halfway on a grid, to the even step, so that ties lean neither
    way); notes that vanish are dropped. The stream starts at quarter 0 with a rest when nothing
    sounds there. Drum parts are never read. Throws std::invalid_argument when the selection names
    a part that is not there. */
std::vector<Element> chordify(const Score& score, const PartSelection& parts = {});

/** The parts with notes that a selection looks at, drums left out; of a melody all, since its part
    is found among them: it is the first. Throws std::invalid_argument as selectedNotes() does. */
std::vector<const Part*> selectedParts(const Score& score, const PartSelection& parts);

/** The notes that a selection reads, in order of onset, with their exact times; drums are left out.
    Throws std::invalid_argument when the selection names a part that is not there. */
std::vector<Note> selectedNotes(const Score& score, const PartSelection& parts);

/** Snaps one time as chordify() does. */
Quarters snapped(const Quarters& time);

/** music21's name: "C4" = 60, "F#3", "E-3", "B-2". Black keys: C# E- F# G# B-. The octave below C0
    is written "E(-1)". Throws std::invalid_argument outside 0..127. */
std::string pitchName(int midiPitch);
/** The same as people write it: "Eb3", "Bb2", "Eb(-1)". */
std::string readablePitchName(int midiPitch);
/** Reads either way of writing, the letter large or small; nothing when it is no pitch. */
std::optional<int> pitchFromName(const std::string& name);
/** The same, or a MIDI number from 0 to 127. */
std::optional<int> pitchFromText(const std::string& text);
/** "G2.D3.B3", or "rest" for no pitches. */
std::string chordName(const std::vector<int>& pitches);
/** Reads what chordName() writes (any enharmonic spelling); nothing when it is no such name. */
std::optional<std::vector<int>> parseChordName(const std::string& name);

/** Where a moment lies in its bar. Bars are counted from 0 at quarter 0 of the score. */
struct BarPosition
{
    std::int64_t bar = 0;
    Quarters offset; ///< since the bar line, >= 0
    Quarters barLength;
    int numerator = 4;
    int denominator = 4;
};

/** Answers bar questions of one score; a metre change starts a new bar. Any thread. */
class BarGrid
{
public:
    explicit BarGrid(std::vector<MetreChange> metres);
    BarPosition at(const Quarters& time) const;
    /** Start of a bar by number. */
    Quarters barStart(std::int64_t bar) const;

private:
    struct Stretch
    {
        Quarters start;
        std::int64_t firstBar = 0;
        MetreChange metre;
    };
    std::vector<Stretch> stretches;
};

} // namespace organum::score
