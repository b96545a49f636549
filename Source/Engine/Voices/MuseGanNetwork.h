#pragma once

// The book's MuseGAN as the engine plays it (section 7.2): all bars of the network at a stroke,
// from ten vectors of noise. Its number of bars is fixed; longer music is made of such units, each
// with chords and melody vectors of its own and the style and groove vectors of all.

#include "Bundle/Bundle.h"
#include "Engine/Voices/MuseGanOptions.h"
#include "Engine/Voices/VoiceNetwork.h"
#include "Models/Music/MuseGan.h"

namespace organum::engine
{

class MuseGanNetwork : public VoiceNetwork
{
public:
    static constexpr const char* kind = "musegan";

    /** Throws bundle::BundleError when the bundle does not hold this network's generator. */
    explicit MuseGanNetwork(const bundle::Bundle& bundle);

    const std::vector<VoiceInfo>& voices() const override { return options.voices; }
    int spanSteps() const override;
    int stepsPerBar() const override { return models::MuseGanConfig::steps; }
    bool canSing(int, int pitch) const override { return pitch < models::MuseGanConfig::pitches; }
    /** Of an activation of 0, half way from off to on. */
    double threshold() const override;
    bool hearsGivenCells() const override { return false; }
    std::unique_ptr<VoicePass> begin(const VoicePlan& plan) const override;
    std::int64_t parameterCount() const override { return parameters; }

    /** Latents of one unit: [1, vectors, noise], in the order of ORGANUM_LATENT_... */
    torch::Tensor latentsOf(const Latents& latents, std::int64_t unit) const;
    /** [1, bars, steps, pitches, tracks], each in (-1, 1). Any thread. */
    torch::Tensor forward(const torch::Tensor& latents) const;

    const MuseGanOptions options;

private:
    std::int64_t parameters = 0;
    models::MuseGanGenerator network{nullptr};
};

} // namespace organum::engine
