#pragma once

// Argmax that minds its voice leading: a beam search for the pitches that depart least from the
// network's own choices and commit the fewest faults. Where the first choices hold no fault it
// takes just these, whatever the strength.

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
    static constexpr std::size_t mostCandidates = 5; ///< pitches thought of, a voice and step

    VoiceLeadingDecoder(const VoiceNetwork& networkIn, const Request& request);

    void decode(VoicePass& pass, VoiceSketch& sketch, int first, VoiceOutcome& outcome) override;

private:
    struct Candidate
    {
        int pitch = VoiceSketch::silent;
        double cost = 0.0;
        bool own = false; ///< the network's first choice, scale and range aside
    };
    using Candidates = std::array<std::vector<Candidate>, VoiceWishes::mostVoices>;

    /** One step of one way; ways share what they have in common. */
    struct Node
    {
        double cost = 0.0;
        std::size_t before = 0; ///< place of the node one step earlier
        std::size_t parent = 0; ///< hypothesis it goes on from
        VoicePitches pitches{};
        std::size_t ownChoices = 0;  ///< of this step
        std::size_t explanation = 0; ///< place of the scores it was chosen from
    };

    void findCandidates(const VoiceSketch& sketch, int step, const VoiceScores& scores,
                        Candidates& candidates) const;
    void expand(const Node& from, std::size_t fromPlace, std::size_t hypothesis,
                const Candidates& candidates, const VoicePitches* following);
    void keepBest();

    const VoiceLeading leading;
    VoiceScores scores;
    std::vector<Node> nodes; ///< of the span; the first is what was before it
    std::vector<Node> found; ///< ways to the present step
};

} // namespace organum::engine
