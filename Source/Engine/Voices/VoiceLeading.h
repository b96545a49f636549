#pragma once

// What strict part writing forbids, as costs of one step of several voices: parallel fifths and
// octaves, voices that cross, pitches outside a voice's range.

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
    /** `strength` 0..1: at 0 all costs are 0, at 1 a parallel is worth 15 nats, more than a trained
        network's opinion on nearly every step. */
    VoiceLeading(const std::vector<VoiceInfo>& voicesIn, double strength);

    /** Of a pair of voices, first above second; `before` are the pitches one step earlier. */
    double pairCost(std::size_t first, std::size_t second, const VoicePitches& before, int firstNow,
                    int secondNow) const;
    /** Of one voice that goes to a pitch. */
    double rangeCost(std::size_t voice, int before, int now) const;
    /** Of a whole step. */
    double cost(const VoicePitches& before, const VoicePitches& now) const;
    /** What two faults are worth: one cell that goes further against the network to mend more than
        two at once is not thought of. */
    double mostPerCell() const;
    std::size_t voiceCount() const { return voices.size(); }

private:
    const std::vector<VoiceInfo> voices;
    const double parallel;
    const double crossing;
    const double outOfRange;
};

} // namespace organum::engine
