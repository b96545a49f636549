#pragma once

// From a network's scores to pitches, span by span. Scale and range take choices away before
// choosing, wished chords make them likelier or less likely; given cells are never asked for and
// never changed.

#include "Engine/Voices/VoiceChords.h"

namespace organum::engine
{

/** What a take's decoding leaves besides the sketch. */
struct VoiceOutcome
{
    std::size_t choices = 0;    ///< open cells decided
    std::size_t ownChoices = 0; ///< of these, cells with the network's own first choice
    /** [steps, voices, 128]: chance of each pitch; only when asked for. */
    std::vector<float> activation;
    /** [steps * voices]: pitches that are on, ascending; only from a decoder that lets a voice be
        polyphonic. */
    std::vector<std::vector<int>> sounding;

    double ownChoiceShare() const
    {
        return choices == 0 ? 1.0 : static_cast<double>(ownChoices) / static_cast<double>(choices);
    }
};

using VoiceColumns = std::array<std::size_t, VoiceWishes::mostVoices>;

class VoiceDecoder
{
public:
    VoiceDecoder(const VoiceNetwork& networkIn, const Request& request);
    virtual ~VoiceDecoder() = default;
    VoiceDecoder(const VoiceDecoder&) = delete;
    VoiceDecoder& operator=(const VoiceDecoder&) = delete;

    /** Decides the open cells of the span that begins at step `first`, up to the sketch's end. */
    virtual void decode(VoicePass& pass, VoiceSketch& sketch, int first, VoiceOutcome& outcome) = 0;

protected:
    /** Steps of the span that lie in the sketch. */
    int stepsFrom(const VoiceSketch& sketch, int first) const;
    /** The network's own first choices, whatever is allowed; then weighs the scores by the chords
        that are wished. */
    VoiceColumns weigh(VoiceScores& scores, int step) const;
    /** The likeliest column, the lowest of equals; only allowed ones if asked. */
    std::size_t best(const VoiceScores& scores, std::size_t voice, bool onlyAllowed) const;
    /** Adds the chances of a step to the outcome if they are wanted. */
    void explain(const VoiceScores& scores, VoiceOutcome& outcome) const;
    static int pitchOf(std::size_t column)
    {
        return column == VoiceScores::silence ? VoiceSketch::silent : static_cast<int>(column);
    }

    const VoiceNetwork& network;
    const std::size_t voiceCount;
    const AllowedPitches allowed;
    const VoiceChords chords;
    const bool explains;
};

/** The decoder a request asks for: argmax alone, argmax with voice leading when the strength is
    above 0, or threshold. The network must outlive it. */
std::unique_ptr<VoiceDecoder> makeDecoder(const VoiceNetwork& network, const Request& request);

} // namespace organum::engine
