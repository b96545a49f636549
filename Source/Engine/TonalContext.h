#pragma once

// What was just heard as a listener without perfect pitch hears it: the last step, and how much
// each degree above the last note has sounded lately. The same in every key, so that what is learnt
// in one key serves in all.

#include "Score/Elements.h"

#include <array>
#include <cstddef>

namespace organum::engine
{

/** Follows one piece element by element; constant work an element. */
class TonalContext
{
public:
    static constexpr int widestInterval = 24;
    /** Steps from -24 to 24 semitones, and "none yet". */
    static constexpr int intervalClasses = 2 * widestInterval + 2;
    /** Two memories, a short and a long one, of twelve degrees each. */
    static constexpr std::size_t degreeCount = 24;

    void append(const score::Element& element);
    void clear() { *this = {}; }

    /** Lowest pitch of the last element that was no rest; -1 before the first. */
    int reference() const { return last; }
    /** Class of the step that led to it. */
    int intervalClass() const;
    /** Shares of the twelve degrees above the reference, of the short, then of the long memory;
       each sums to 1, or all are 0 before the first note. */
    std::array<float, degreeCount> degrees() const;

private:
    int last = -1;
    int before = -1;
    std::array<float, 12> shortMemory{}; ///< by pitch class
    std::array<float, 12> longMemory{};
};

} // namespace organum::engine
