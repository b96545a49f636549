#pragma once

// The longest stretch that two lines of music have in common, in whatever key. The one search
// behind every figure about copying.

#include <cstddef>
#include <vector>

namespace organum::analysis
{

/** One moment of a line, made to be compared: moments of equal shape are equal but for a shift by
    the difference of their bases. A moment that does not sound is equal at any shift. */
struct Moment
{
    int shape = 0;
    int base = 0; ///< a pitch
    bool sounds = false;
};

struct SharedRun
{
    std::size_t length = 0;     ///< moments; 0: none
    std::size_t begin = 0;      ///< in the first line
    std::size_t otherBegin = 0; ///< in the other line
    int shift = 0;              ///< semitones from the other line to the first
};

/** The longest run of moments of `line` that stands in `other`, all moved by one shift and at least
    one of them sounding; of several the first on the first diagonal. Only runs longer than
    `longerThan` are looked for; without one the length is 0. */
SharedRun longestSharedRun(const std::vector<Moment>& line, const std::vector<Moment>& other,
                           std::size_t longerThan = 0);

} // namespace organum::analysis
