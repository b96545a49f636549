#pragma once

// Wished chords among several voices: scores of pitches outside the chord go down, and the lowest
// voice is drawn to the chord's bass, where one is named.

#include "Engine/Voices/AllowedPitches.h"

namespace organum::engine
{

class VoiceChords
{
public:
    /** The request must outlive this object. */
    VoiceChords(const VoiceNetwork& network, const Request& request);

    /** Takes from the score of each pitch outside the chord twice the wish's penalty, half of it
       between beats; all, when the wish is strict. Silence moves along with the likeliest pitch
       that is allowed, so that it is neither likelier nor less likely than without chords. */
    void weigh(VoiceScores& scores, const AllowedPitches& allowed, int step) const;

    /** Throws std::invalid_argument when a strict wish asks for a chord of which a voice that is to
        be written has no note. */
    static void check(const VoiceNetwork& network, const Request& request,
                      const AllowedPitches& allowed);

private:
    struct Step
    {
        const WishedChord* chord = nullptr;
        double penalty = 0.0;
    };

    const std::size_t voiceCount;
    std::vector<Step> steps; ///< empty: nothing is wished
    double bassBonus = 0.0;
};

} // namespace organum::engine
