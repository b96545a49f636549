#pragma once

// Conditional MuseGAN as the engine plays it: bar by bar, each hearing what came before it and what
// is given of it. What a bar hears and its plan go through the module itself, its steps through our
// own code.

#include "Engine/Voices/ConditionalMuseGanSteps.h"
#include "Models/Music/ConditionalMuseGan.h"

namespace organum::engine
{

class ConditionalMuseGanNetwork : public VoiceNetwork
{
public:
    static constexpr const char* kind = "musegan-conditional";

    /** Throws bundle::BundleError when the bundle does not hold this network's generator. */
    explicit ConditionalMuseGanNetwork(const bundle::Bundle& bundle);

    const std::vector<VoiceInfo>& voices() const override { return options.voices; }
    const std::vector<Macro>& macros() const override { return options.macros; }
    const IntervalWishes* intervalWishes() const override { return &wishes; }
    int spanSteps() const override { return stepsPerBar(); }
    int stepsPerBar() const override { return models::ConditionalMuseGanConfig::steps; }
    bool canSing(int voice, int pitch) const override;
    /** A pitch is on when its chance is above one in five. */
    double threshold() const override;
    bool hearsGivenCells() const override { return true; }
    std::unique_ptr<VoicePass> begin(const VoicePlan& plan) const override;
    std::int64_t parameterCount() const override { return parameters; }

    /** The network as a module, in evaluation mode. Any thread, without gradients. */
    models::ConditionalMuseGan module() const { return network; }
    const ConditionalMuseGanStepWeights& stepWeights() const { return *weights; }

    const ConditionalMuseGanOptions options;

private:
    std::int64_t parameters = 0;
    models::ConditionalMuseGan network{nullptr};
    std::unique_ptr<ConditionalMuseGanStepWeights> weights;
    IntervalWishes wishes{};
};

/** The tonic (0 = C) of the major collection that a take is in: that of the scale asked for; of all
    notes, that of the primer and the locked notes; without these, drawn from the take's seed. */
int keyOf(const Request& request, std::uint64_t seed);

} // namespace organum::engine
