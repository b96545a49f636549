#pragma once

// Finds where the phrase just played was heard before. For the element about to come, every earlier
// element is a candidate for being said again; what speaks for it is how long the notes before it
// agree with the notes played last, literally or shifted by an interval. Music repeats itself, in
// Bach's suites whole sections at a time, and this is how the network hears it.

#include "Score/Elements.h"

#include <cstdint>
#include <vector>

namespace organum::engine
{

/** Follows one piece element by element. An append costs O(elements so far) of integer work. */
class PhraseMatcher
{
public:
    /** Candidate j stands for element j being said again next. */
    struct Candidate
    {
        /** Elements before the candidate that equal the last ones played; may be 0. */
        std::int32_t literalLength = 0;
        /** The same up to one constant interval other than the unison; 0 = no candidate. */
        std::int32_t transposedLength = 0;
        /** That interval in semitones: the candidate says element j moved by it. */
        std::int32_t interval = 0;
    };

    /** `memory`: how many of the latest elements are candidates. */
    explicit PhraseMatcher(std::size_t memoryIn = defaultMemory)
        : memory(memoryIn)
    {
    }

    void append(const score::Element& element);
    void clear();

    std::size_t size() const { return elements.size(); }
    /** One for each element appended so far; those before firstCandidate() are out of memory and
        not to be read. A rest is never a transposed candidate. */
    const std::vector<Candidate>& candidates() const { return current; }
    std::size_t firstCandidate() const { return size() > memory ? size() - memory : 0; }

    static constexpr std::size_t defaultMemory = 2048;

    // ---- classes of candidates, as the network's score tables count them ----
    static constexpr int lengthClasses = 14;
    static constexpr int distanceClasses = 10;
    static constexpr int shareClasses = 3;
    static constexpr int scoreRows = lengthClasses * 2 * distanceClasses * shareClasses;
    /** Class of a match length: exact up to 6, then ever wider. */
    static int lengthClass(std::int32_t length);
    /** Class of how many elements ago the candidate was, >= 1: powers of two. */
    static int distanceClass(std::size_t elementsAgo);
    /** How much of the music since the candidate has been said again already: under a half, under
        nine tenths, nearly all. A section that was repeated in full is rarely repeated once more.
     */
    static int shareClass(std::int32_t length, std::size_t elementsAgo);
    /** Row of a score table [lengthClasses, samePosition 2, distanceClasses, shareClasses]. */
    static int scoreRow(std::int32_t length, bool samePositionInBar, std::size_t elementsAgo);

private:
    struct Heard
    {
        std::vector<int> pitches;
        score::Quarters duration;
        std::vector<int> shape; ///< pitches above the lowest
        int lowest = -1;        ///< -1: rest
    };
    const std::size_t memory;
    std::vector<Heard> elements;
    std::vector<Candidate> current;
};

} // namespace organum::engine
