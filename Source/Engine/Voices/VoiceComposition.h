#pragma once

// A request to a network of voices under way: take by take and span by span.

#include "Engine/Model.h"
#include "Engine/Voices/VoiceDecoder.h"

namespace organum::engine
{

class VoiceComposition : public Composition
{
public:
    /** Of a request that was checked. */
    VoiceComposition(std::shared_ptr<const VoiceNetwork> networkIn, Request requestIn);

    /** Decides one span of one take. */
    bool step() override;
    std::vector<Take> releaseTakes() override { return std::move(results); }

private:
    /** One take under way. */
    struct Work
    {
        Work(const VoiceNetwork& network, const Request& request, std::uint64_t seed,
             const VoiceSketch& given);

        const Latents latents;
        VoiceSketch sketch;
        VoiceOutcome outcome;
        std::unique_ptr<VoicePass> pass;
        int decided = 0; ///< steps
    };

    VoiceSketch givenSketch() const;
    void finish(Work& work);
    std::string notice() const;

    const std::shared_ptr<const VoiceNetwork> network;
    const Request request;
    const std::vector<VoicedNote> kept;
    const VoiceSketch given;
    const std::unique_ptr<VoiceDecoder> decoder;
    std::unique_ptr<Work> work;
    std::vector<Take> results;
};

} // namespace organum::engine
