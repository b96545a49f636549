#pragma once

// A harmony written down bar by bar: "| C | Am F | G7 . . C |". A bar is divided evenly among what
// stands in it; a dot holds the chord before it for another share.

#include "Score/ChordSymbol.h"
#include "Score/Quarters.h"

#include <string>
#include <vector>

namespace organum::score
{

/** A chord over a stretch of time. */
struct ChordSpan
{
    Quarters onset;
    Quarters length; ///< > 0
    ChordSymbol chord;
};

class ChordProgression
{
public:
    static constexpr std::size_t mostBars = 256;
    static constexpr std::size_t mostInBar = 16;

    ChordProgression() = default;
    /** Reads a text: bars between "|" (double bars and colons are read as single ones), chords
        between blanks or commas, "." for more of the chord before, "%" for the bar before once
        more. Without any "|" each chord is a bar. An empty text has no bars. Throws
        std::invalid_argument with a sentence that names the bar and the symbol. */
    static ChordProgression parse(const std::string& text, const ChordKey& key);

    /** From chords over time, each bar written with as few shares as its beats allow. Times in
        between are "no chord". Changes are moved to the nearest beat. */
    static ChordProgression fromSpans(const std::vector<ChordSpan>& spans, int bars,
                                      int beatsPerBar, const Quarters& barLength);

    std::size_t bars() const { return contents.size(); }
    bool isEmpty() const { return contents.empty(); }
    /** The chords of bars `first` .. `first` + `count` - 1, the progression repeated as often as
        need be; times count from the start of bar `first`. Neighbours of the same harmony are one,
        "no chord" is left out. */
    std::vector<ChordSpan> over(std::int64_t first, int count, const Quarters& barLength) const;
    /** Of one bar as text: "Am F"; with a key, as numerals. */
    std::string barText(std::size_t bar, const ChordKey* key = nullptr) const;
    /** "| C | Am F |"; "" without bars. */
    std::string toString() const;
    bool operator==(const ChordProgression& other) const;

private:
    struct Share
    {
        ChordSymbol chord;
        int shares = 1;
    };
    using Bar = std::vector<Share>;
    static int sharesOf(const Bar& bar);
    /** The same proportions in the smallest numbers. */
    static void reduce(Bar& bar);

    std::vector<Bar> contents;
};

} // namespace organum::score
