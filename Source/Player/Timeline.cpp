#include "Player/Timeline.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

namespace organum::player
{

Timeline::Timeline(std::vector<TimelineNote> notesIn, std::int64_t lengthIn,
                   std::int64_t barLengthIn, int voicesIn, const Provenance& provenanceIn)
    : sortedNotes(std::move(notesIn))
    , takeLength(lengthIn)
    , ticksPerBar(barLengthIn)
    , voiceCount(voicesIn)
    , provenance(provenanceIn)
{
    if (takeLength <= 0 || ticksPerBar <= 0)
        throw std::invalid_argument("A take of " + std::to_string(takeLength) +
                                    " ticks in bars of " + std::to_string(ticksPerBar) +
                                    " ticks cannot be played; both must be above 0.");
    if (voiceCount < 1 || voiceCount > largestVoices)
        throw std::invalid_argument("A take of " + std::to_string(voiceCount) +
                                    " voices cannot be played; it may have 1 to " +
                                    std::to_string(largestVoices) + ".");
    for (TimelineNote& note : sortedNotes)
        note.end = std::min(note.end, takeLength);
    sortedNotes.erase(std::remove_if(sortedNotes.begin(), sortedNotes.end(),
                                     [this](const TimelineNote& note) {
                                         return note.onset < 0 || note.end <= note.onset ||
                                                note.pitch > 127 || note.velocity < 1 ||
                                                note.velocity > 127 || note.voice >= voiceCount;
                                     }),
                      sortedNotes.end());
    std::sort(sortedNotes.begin(), sortedNotes.end(),
              [](const TimelineNote& a, const TimelineNote& b) {
                  return std::tie(a.onset, a.pitch, a.voice, a.end, a.velocity) <
                         std::tie(b.onset, b.pitch, b.voice, b.end, b.velocity);
              });
    // Two equal pitches of a voice at one moment are one key: the longer, which sorts last, stays.
    const auto sameKey = [](const TimelineNote& a, const TimelineNote& b) {
        return a.onset == b.onset && a.pitch == b.pitch && a.voice == b.voice;
    };
    std::size_t kept = 0;
    for (std::size_t i = 0; i < sortedNotes.size(); ++i) {
        if (kept > 0 && sameKey(sortedNotes[kept - 1], sortedNotes[i]))
            sortedNotes[kept - 1] = sortedNotes[i];
        else
            sortedNotes[kept++] = sortedNotes[i];
    }
    sortedNotes.resize(kept);
}

std::size_t Timeline::firstAtOrAfter(std::int64_t tick) const
{
    const auto found =
        std::lower_bound(sortedNotes.begin(), sortedNotes.end(), tick,
                         [](const TimelineNote& note, std::int64_t t) { return note.onset < t; });
    return static_cast<std::size_t>(found - sortedNotes.begin());
}

} // namespace organum::player
