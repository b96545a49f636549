#include "Plugin/TakeSource.h"

#include "Plugin/Bytes.h"
#include "Plugin/TakeCodec.h"

namespace organum::plugin
{

namespace
{

constexpr std::size_t mostBranches = 4096;
constexpr int largestElement = 1 << 24;
constexpr std::uint64_t largestTick = std::uint64_t{1} << 40;
/** A rest is -1, and numbers in a state have no sign. */
constexpr int pitchOffset = 1;

enum Flag
{
    hasHeldPlace = 1,
    hasPhrase = 2
};

/** Empty when there is none, or none that could be kept. */
std::string phraseOf(const TakeSource& source)
{
    if (source.answers == nullptr || !problemWith(*source.answers).empty())
        return {};
    std::string bytes = encodeTake(*source.answers);
    return bytes.size() <= TakeSource::largestPhrase ? bytes : std::string();
}

} // namespace

static_assert(TakeSource::largestPhrase <= largestStateText, "it is written as a text");

TakeSource sourceOf(const Wish& wish)
{
    TakeSource source;
    if (wish.voices && wish.voices->kept != nullptr)
        source.locks = wish.voices->locks;
    source.branches = wish.branches;
    source.heldUpTo = wish.heldUpTo;
    source.answers = wish.answers;
    return source;
}

void encodeSource(ByteWriter& writer, const TakeSource& source)
{
    const std::string phrase = phraseOf(source);
    writer.byte((source.heldUpTo ? hasHeldPlace : 0) | (phrase.empty() ? 0 : hasPhrase));
    writer.integer(static_cast<int>(source.locks.voices));
    writer.number(source.locks.bars.size());
    for (const int bar : source.locks.bars)
        writer.integer(bar);
    const bool keepsBranches = source.branches.size() <= mostBranches;
    writer.number(keepsBranches ? source.branches.size() : 0);
    for (const WishBranch& branch : source.branches) {
        if (!keepsBranches)
            break;
        writer.integer(branch.element);
        writer.integer(branch.pitch + pitchOffset);
    }
    if (source.heldUpTo) {
        writer.integer(source.heldUpTo->voice);
        writer.number(static_cast<std::uint64_t>(source.heldUpTo->onset));
    }
    if (!phrase.empty())
        writer.text(phrase);
}

TakeSource decodeSource(ByteReader& reader, std::uint32_t version)
{
    TakeSource source;
    const int flags = reader.byte();
    source.locks.voices = static_cast<std::uint32_t>(reader.integerUpTo((1 << largestVoices) - 1));
    const int bars = reader.integerUpTo(largestTakeBars);
    for (int i = 0; i < bars; ++i)
        source.locks.bars.push_back(reader.integerUpTo(largestTakeBars - 1));
    const int branches = reader.integerUpTo(static_cast<int>(mostBranches));
    for (int i = 0; i < branches; ++i) {
        WishBranch branch;
        branch.element = reader.integerUpTo(largestElement);
        branch.pitch = reader.integerUpTo(127 + pitchOffset) - pitchOffset;
        source.branches.push_back(branch);
    }
    if ((flags & hasHeldPlace) != 0) {
        HeldPlace place;
        place.voice = reader.integerUpTo(largestVoices - 1);
        place.onset = static_cast<std::int64_t>(reader.numberUpTo(largestTick));
        source.heldUpTo = place;
    }
    if ((flags & hasPhrase) != 0)
        source.answers = decodeTake(reader.text(), version);
    return source;
}

std::uint64_t musicHash(const Take& take)
{
    std::uint64_t hash = 14695981039346656037u;
    const auto add = [&hash](std::int64_t value) {
        for (int i = 0; i < 8; ++i)
            hash = (hash ^ (static_cast<std::uint64_t>(value) >> (8 * i) & 0xffu)) * 1099511628211u;
    };
    add(take.bars);
    for (const TakeNote& note : take.notes)
        for (const std::int64_t each : {note.onset, note.duration, std::int64_t{note.pitch},
                                        std::int64_t{note.velocity}, std::int64_t{note.voice}})
            add(each);
    return hash;
}

} // namespace organum::plugin
