#pragma once

// The music a take goes on from, as the network hears it: chordified, with chords and durations it
// never learnt replaced by the nearest it knows.

#include "Engine/Request.h"

#include <string>
#include <vector>

namespace organum::engine
{

struct Primer
{
    std::vector<Heard> elements; ///< onsets from quarter 0; positions in bars end on the new music
    std::string notice;          ///< "" or what was changed, in a sentence
};

/** The vocabulary's chord nearest to another: keeps the lowest and the highest pitch if it can,
    then the pitches between. Distance = 4 (|difference of lowest| + |difference of highest|) + for
    each pitch of either chord the way to the nearest pitch of the other, in semitones; of equally
    near ones the first by name. A rest is only near to a rest. `unknown` when there is none. */
std::int64_t nearestChord(const Vocabulary& vocabulary, const std::vector<int>& chord);

/** The duration of the smallest ratio to another; of equally near ones the shorter. */
std::int64_t nearestDuration(const Vocabulary& vocabulary, const score::Quarters& duration);

/** Chordifies the request's primer and fills it to primerLength with rests. Notes that sound on
    after primerLength are cut there. Of a primer of more than 4096 elements the last are heard. */
Primer hearPrimer(const Vocabulary& vocabulary, const Request& request);

} // namespace organum::engine
