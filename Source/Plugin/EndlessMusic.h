#pragma once

// A take that goes on for ever. Its bars after the take are written in stretches of equal length,
// each of which follows from the knobs of the take, the place and the bars before; so a bar is the
// same whenever one comes to it, and nothing but the take need be saved. What is kept is bounded:
// bars long past are forgotten and written again if need be.

#include "Plugin/Take.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace organum::plugin
{

/** The worker's alone. */
class EndlessMusic
{
public:
    static constexpr int stretch = 4;      ///< bars written at a time
    static constexpr int heardBars = 16;   ///< at most so many bars before are listened to
    static constexpr int barsAhead = 16;   ///< written before they are needed
    static constexpr int barsBehind = 256; ///< at hand for a host that goes back
    /** Nine hours of common time at 120 quarters a minute; then the last bars repeat. */
    static constexpr std::int64_t mostBars = 16384;
    static constexpr std::size_t mostNotes = 120000;

    /** Goes on from another take; `number` is what the player knows it by. Null: from none. */
    void goOnFrom(TakePointer take, std::uint64_t number);
    const TakePointer& take() const { return base; }
    std::uint64_t number() const { return takeNumber; }

    struct Stretch
    {
        int firstBar = 0;
        TakePointer before; ///< what it follows
    };
    /** What is to be written next so that the music reaches far enough beyond `bar`. */
    std::optional<Stretch> missing(std::int64_t bar);
    /** Takes a stretch in; ignored unless it begins where the music ends. */
    void add(int firstBar, const Take& written);
    /** First bar that is not written yet. */
    std::int64_t end() const;

    /** The bars around `bar` for the player if it has not got them yet; null when it has, or when
        that bar is not written yet. */
    std::unique_ptr<const player::Timeline> publishable(std::int64_t bar);
    /** Some bars from `firstBar` on as a take for the eye; bars that are not there are empty. */
    TakePointer page(std::int64_t firstBar, int bars) const;

private:
    void forget(std::int64_t bar);
    std::int64_t firstKept() const { return base->bars + forgotten * stretch; }
    std::vector<TakeNote> notesBetween(std::int64_t firstBar, std::int64_t endBar) const;

    TakePointer base;
    std::uint64_t takeNumber = 0;
    std::deque<std::vector<TakeNote>> stretches; ///< onsets from each stretch's start
    std::int64_t forgotten = 0;                  ///< stretches at the front that are not kept
    std::size_t noteCount = 0;
    std::int64_t publishedFrom = 0; ///< bars
    std::int64_t publishedTo = 0;
};

} // namespace organum::plugin
