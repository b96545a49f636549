#include "Engine/Voices/VoiceComposition.h"

#include "Engine/Voices/VoiceGiven.h"
#include "Engine/Voices/VoiceNotes.h"

namespace organum::engine
{

VoiceComposition::Work::Work(const VoiceNetwork& network, const Request& request,
                             std::uint64_t seed, const VoiceSketch& given)
    : latents(request.voices, seed, network.macros())
    , sketch(given)
    , pass(network.begin({request, latents, seed}))
{
}

VoiceComposition::VoiceComposition(std::shared_ptr<const VoiceNetwork> networkIn, Request requestIn)
    : network(std::move(networkIn))
    , request(std::move(requestIn))
    , kept(keptNotes(request, static_cast<int>(network->voices().size())))
    , given(givenSketch())
    , decoder(makeDecoder(*network, request))
{
}

VoiceSketch VoiceComposition::givenSketch() const
{
    VoiceSketch sketch(static_cast<int>(network->voices().size()), primerSteps(request),
                       request.bars * network->stepsPerBar());
    givePrimer(request, network->voices(), sketch);
    giveLocks(request, kept, sketch);
    return sketch;
}

bool VoiceComposition::step()
{
    if (!work)
        work = std::make_unique<Work>(*network, request, request.seed + results.size(), given);
    decoder->decode(*work->pass, work->sketch, work->decided, work->outcome);
    work->decided += network->spanSteps();
    if (work->decided >= work->sketch.steps) {
        finish(*work);
        work.reset();
    }
    return results.size() < static_cast<std::size_t>(request.variations);
}

void VoiceComposition::finish(Work& done)
{
    Take take;
    take.seed = request.seed + results.size();
    take.length = request.metre.barLength() * score::Quarters(request.bars);
    take.voiceCount = done.sketch.voices;
    writeNotes(request, done.sketch, kept, done.outcome.sounding, take);
    take.activation = std::move(done.outcome.activation);
    take.activationSteps = take.activation.empty() ? 0 : static_cast<std::size_t>(given.steps);
    take.ownChoiceShare = done.outcome.ownChoiceShare();
    take.notice = notice();
    results.push_back(std::move(take));
}

std::string VoiceComposition::notice() const
{
    if (!request.primer.empty() && !network->hearsGivenCells())
        return "This model does not listen to a primer; the new music is as it would be without.";
    return {};
}

} // namespace organum::engine
