#pragma once

// The steps between a part's notes and its written values: beats, moved times, voices. Internal to
// the notator.

#include "Score/Notation.h"

#include <vector>

namespace organum::score
{

constexpr std::int64_t binaryGrid = 16;  ///< 64th notes
constexpr std::int64_t tripletGrid = 12; ///< triplet 32nd notes

struct Span
{
    Quarters start;
    Quarters end;
};

/** A chord or rest between two moments of a bar, not yet in note values. */
struct Stretch
{
    Quarters start;
    Quarters end;
    std::vector<NotatedPitch> pitches;
};

/** Beats of a bar, relative to its start: quarters, and in what is left over halves of them. */
std::vector<Span> windowsOf(const Quarters& barLength);

/** The notes on the grid that can be written, sorted; what vanishes there is left out. */
std::vector<Note> writtenNotes(const Part& part, const std::vector<BarSpan>& bars);

/** Notes of equal onset and end are a chord; chords go to the first voice that is silent, higher
    ones first. No voices at all when more than four would be needed. */
std::vector<std::vector<Stretch>> inVoices(const std::vector<Note>& notes);

/** All notes in one voice: a new chord wherever a note begins or ends, held notes tied. */
std::vector<Stretch> sliced(const std::vector<Note>& notes);

} // namespace organum::score
