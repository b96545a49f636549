#pragma once

// Where a moment lies in a bar when the whole request has one metre and its bars are counted from
// the first new note, so that primer elements before it have negative times.

#include "Score/Elements.h"

namespace organum::engine
{

struct Metre
{
    int numerator = 4;
    int denominator = 4;

    score::Quarters barLength() const
    {
        return {4 * static_cast<std::int64_t>(numerator), denominator};
    }
    /** `time` in quarters from the start of bar 0; may be negative. */
    score::BarPosition at(const score::Quarters& time) const;
    /** How strongly a beginning here is felt: 2 = downbeat, 1 = beat, 0 = between beats. A beat is
        the denominator's note value; three of them in compound metres (6/8, 9/8, 12/8 ...). */
    int accent(const score::Quarters& time) const;
    /** Whether this is the middle of a bar of an even number of beats, four at least. */
    bool isMiddle(const score::Quarters& time) const;

private:
    score::Quarters beat() const;
};

} // namespace organum::engine
