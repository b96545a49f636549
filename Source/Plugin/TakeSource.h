#pragma once

// What the settings of a take do not tell of the wish that it came from: what was locked then,
// where it left the way it would have gone by itself, and what it answers. With the settings, and
// the music itself, it gives that wish again after a project was closed.

#include "Plugin/Wish.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace organum::plugin
{

class ByteReader;
class ByteWriter;

struct TakeSource
{
    /** Phrases that take more are not kept, as the whole project has to stay small. */
    static constexpr std::size_t largestPhrase = 4096; ///< bytes

    Locks locks;
    std::vector<WishBranch> branches;  ///< of music without voices, by element
    std::optional<HeldPlace> heldUpTo; ///< of music with voices
    TakePointer answers;               ///< the phrase; null when it answers none

    bool any() const { return locks.any() || !branches.empty() || heldUpTo || answers != nullptr; }
};

/** Of the take that this wish gave. */
TakeSource sourceOf(const Wish& wish);

void encodeSource(ByteWriter& writer, const TakeSource& source);
/** `version` of the whole state. Throws StateError for damaged bytes. */
TakeSource decodeSource(ByteReader& reader, std::uint32_t version);

/** The same for the same notes, so that a source is not taken for that of other music. */
std::uint64_t musicHash(const Take& take);

} // namespace organum::plugin
