#pragma once

// What strict part writing forbids, as costs of one step of several voices: parallel fifths and
// octaves, voices that cross, pitches outside a voice's range. A network may add which intervals
// its voices should prefer.

#include "Engine/Voices/VoiceNetwork.h"

namespace organum::engine
{

/** Two voices that both move, in the same direction, from a fifth or an octave (or unison, or
    either of them an octave wider) to the same interval. Silence moves nowhere. */
bool isParallel(int upperBefore, int lowerBefore, int upperNow, int lowerNow);

/** Costs in nats, to be weighed against a network's log scores. */
class VoiceLeading
{
public:
    /** `strength` 0..1: at 0 all costs are 0; at 1 a parallel is worth 16 nats, more than a trained
        network's opinion on nearly every step. `wishes` may be null. Beside given cells, which a
        network may understand less well than its own, wishes count for more. */
    VoiceLeading(const std::vector<VoiceInfo>& voicesIn, double strength,
                 const IntervalWishes* wishesIn = nullptr, bool besideGiven = false);

    /** Of a pair of voices, first above second; `before` are the pitches one step earlier, `step`
        counts from a beat. Below 0 when the interval is a wished one. */
    double pairCost(std::size_t first, std::size_t second, const VoicePitches& before, int firstNow,
                    int secondNow, int step) const;
    /** Of one voice that goes to a pitch. */
    double rangeCost(std::size_t voice, int before, int now) const;
    /** Of another pitch than the network's own choice, beside what the network itself minds. */
    double departureCost() const { return departure; }
    /** Of a whole step. */
    double cost(const VoicePitches& before, const VoicePitches& now, int step) const;
    /** What two faults are worth: one cell that goes further against the network to mend more than
        two at once is not thought of. */
    double mostPerCell() const;
    std::size_t voiceCount() const { return voices.size(); }

private:
    double wish(std::size_t first, std::size_t second, int interval, int step) const;

    const std::vector<VoiceInfo> voices;
    const double parallel;
    const double crossing;
    const double outOfRange;
    const IntervalWishes* const wishes;
    const double departure;
    const double wishing;
};

} // namespace organum::engine
