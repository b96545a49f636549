#pragma once

// The notes of one take as the audio thread reads them: sorted, checked and never changed again.
// Times are whole ticks, so that a loop of any length comes round to the very same places.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace organum::player
{

/** The engine's resolution: 2^5 3^2 5 7 holds twelfths, septuplets and 128th notes exactly. */
constexpr std::int64_t ticksPerQuarter = 10080;

/** Most voices that music may have, each with a channel of its own. */
constexpr int largestVoices = 4;
/** Whoever plays notes: voice 0..3, or `soloLine` in music without voices. */
constexpr int soloLine = largestVoices;
constexpr int lineCount = largestVoices + 1;

struct TimelineNote
{
    std::int64_t onset = 0; ///< ticks from the start of the take
    std::int64_t end = 0;   ///< ticks, > onset
    std::uint8_t pitch = 60;
    std::uint8_t velocity = 90;
    std::uint8_t voice = 0; ///< 0 = the highest
};

/** Where music comes from and belongs. */
struct Provenance
{
    std::uint64_t take = 0; ///< number of the take that it is or that it goes on from
    std::uint64_t seed = 0; ///< what its feel hangs on
    std::int64_t start = 0; ///< the tick of its first bar in endless music, or that of an answer
                            ///< in the host's time
};

/** Immutable; built on any thread but the audio thread, read on any. */
class Timeline
{
public:
    /** Sorts by onset and pitch, clips notes at `length` and leaves out those that lie outside.
        length and barLength in ticks, both > 0; voices 1..largestVoices; throws
        std::invalid_argument otherwise. */
    Timeline(std::vector<TimelineNote> notesIn, std::int64_t lengthIn, std::int64_t barLengthIn,
             int voicesIn = 1, const Provenance& provenanceIn = {});

    const std::vector<TimelineNote>& notes() const { return sortedNotes; }
    std::int64_t length() const { return takeLength; }
    std::int64_t barLength() const { return ticksPerBar; }
    int voices() const { return voiceCount; }
    std::uint64_t take() const { return provenance.take; }
    std::uint64_t seed() const { return provenance.seed; }
    std::int64_t start() const { return provenance.start; }
    std::int64_t end() const { return provenance.start + takeLength; }
    int lineOf(const TimelineNote& note) const { return voiceCount > 1 ? note.voice : soloLine; }

    /** Index of the first note at or after that tick of the take; notes().size() if none. */
    std::size_t firstAtOrAfter(std::int64_t tick) const;

private:
    std::vector<TimelineNote> sortedNotes;
    std::int64_t takeLength;
    std::int64_t ticksPerBar;
    int voiceCount;
    Provenance provenance;
};

} // namespace organum::player
