#pragma once

// The wish that a take came from: remembered while the plugin runs, else found again from what the
// take keeps. With it a take can be composed once more, to see how it came about or to leave it at
// some note for another way.

#include "Plugin/TakeSource.h"

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace organum::plugin
{

/** Thread-safe; never used on the audio thread. */
class WishMemory
{
public:
    static constexpr std::size_t capacity = 256;

    void remember(const TakePointer& take, const Wish& wish);
    /** Of a take whose wish is not known, from a project. */
    void remember(const TakePointer& take, const TakeSource& source);
    /** `after` is `before`, edited, named or starred. */
    void follow(const TakePointer& before, const TakePointer& after);
    std::optional<Wish> find(const TakePointer& take) const;
    /** Also of a take whose wish is remembered; one that is like any other's when none is. */
    TakeSource sourceOf(const TakePointer& take) const;

private:
    struct Entry
    {
        std::weak_ptr<const Take> take;
        std::optional<Wish> wish;
        TakeSource source;
    };
    void add(Entry entry);
    const Entry* entryOf(const TakePointer& take) const;

    mutable std::mutex mutex;
    std::vector<Entry> entries; ///< oldest first
};

/** From the take's own settings and source. Bars beyond these settings' are what was gone on from;
    what was locked or edited is in the take itself. */
WishOrProblem wishAgain(const Take& take, const ModelEntries& models,
                        const TakeSource& source = {});

/** The wish that gives the same take but for `pitch` at the element `element` of its new music (0 =
    the first; HeatCell::rest: a rest) and all that comes after. */
Wish branchOff(Wish wish, const TakePointer& take, int element, int pitch);

/** The same for music with voices, whose note that sounds in `voice` at `tick`, or a new one, gets
    the pitch; what is locked stays. Empty when the place is locked or not in the wish's music. */
std::optional<Wish> branchOffVoice(Wish wish, const TakePointer& take, const Locks& locks,
                                   int voice, std::int64_t tick, int pitch);

} // namespace organum::plugin
