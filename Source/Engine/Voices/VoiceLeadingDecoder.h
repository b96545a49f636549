#pragma once

// Argmax that minds its voice leading: a beam search for the pitches that depart least from the
// network's own choices and commit the fewest faults. Where the first choices hold no fault it
// takes just these, whatever the strength, unless the network wishes for intervals.

#include "Engine/Voices/VoiceDecoder.h"
#include "Engine/Voices/VoiceLeading.h"

namespace organum::engine
{

/** Cost of a way = sum over open cells of (score of the likeliest allowed pitch - score of the
    chosen one) + costs of voice leading. Of equal costs the one found first wins. */
class VoiceLeadingDecoder : public VoiceDecoder
{
public:
    static constexpr std::size_t beamWidth = 8;
    static constexpr std::size_t mostCandidates = 4; ///< pitches thought of, a voice and step
    static constexpr std::size_t mostCandidatesBesideGiven = 7; ///< there the sets are fewer

    VoiceLeadingDecoder(const VoiceNetwork& networkIn, const Request& request);

    void decode(VoicePass& pass, VoiceSketch& sketch, int first, VoiceOutcome& outcome) override;

private:
    struct Candidate
    {
        int pitch = VoiceSketch::silent;
        double cost = 0.0;
        bool own = false; ///< the network's first choice; scale, range and chords aside
    };
    using Candidates = std::array<std::vector<Candidate>, VoiceWishes::mostVoices>;

    /** One step of one way; ways share what they have in common. */
    struct Node
    {
        double cost = 0.0; ///< of the whole way
        VoicePitches pitches{};
        std::size_t ownChoices = 0;  ///< of this step
        std::size_t before = 0;      ///< place of the node one step earlier
        std::size_t explanation = 0; ///< place of the scores it was chosen from
    };

    /** A way to the present step: one candidate a voice. */
    struct Way
    {
        double cost = 0.0;
        std::uint32_t hypothesis = 0;
        std::array<std::uint8_t, VoiceWishes::mostVoices> chosen{};
    };

    void findCandidates(const VoiceSketch& sketch, int step, const VoiceColumns& ownChoices,
                        Candidates& lists) const;
    /** Adds the ways on from one hypothesis to `found`. */
    void expand(const Node& from, std::uint32_t hypothesis, int step, const Candidates& lists);
    VoicePitches pitchesOf(const Way& way) const;
    void keepBest();
    void take(std::size_t last, VoiceSketch& sketch, int first, VoiceOutcome& outcome) const;

    const VoiceLeading alone;
    const VoiceLeading besideGiven;
    const VoiceLeading* leading = &alone; ///< of the present step
    VoiceScores scores;
    std::vector<Node> nodes;                ///< of the span; the first is what was before it
    std::vector<Candidates> candidates;     ///< of each hypothesis
    std::vector<Way> found;                 ///< ways to the present step
    std::vector<VoiceOutcome> explanations; ///< one a scored hypothesis
};

} // namespace organum::engine
