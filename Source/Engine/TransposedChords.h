#pragma once

// Which id a chord has when it is moved by an interval, as a table: training and sampling ask for
// it thousands of times an element.

#include "Engine/Vocabulary.h"

#include <vector>

namespace organum::engine
{

/** Immutable after construction; any thread. */
class TransposedChords
{
public:
    static constexpr int widest = 36; ///< semitones up or down

    explicit TransposedChords(const Vocabulary& vocabulary);

    /** -1 when the moved chord is not in the vocabulary, the interval is wider than `widest`, or
       the id is START, unknown or a rest. */
    std::int64_t idOf(std::int64_t pitchId, int semitones) const
    {
        if (semitones < -widest || semitones > widest)
            return -1;
        return ids[static_cast<std::size_t>(pitchId * (2 * widest + 1) + widest + semitones)];
    }

private:
    std::vector<std::int32_t> ids;
};

} // namespace organum::engine
