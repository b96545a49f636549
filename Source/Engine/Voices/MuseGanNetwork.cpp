#include "Engine/Voices/MuseGanNetwork.h"

#include "Engine/ModuleTensors.h"
#include "Engine/organum_engine.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace organum::engine
{

namespace
{

using models::MuseGanConfig;

// An activation may round to -1; its logarithm must stay a number, or a scale could leave nothing.
constexpr double smallestShare = 1e-30;

MuseGanOptions optionsOf(const bundle::Bundle& bundle)
{
    try {
        return MuseGanOptions::fromJson(bundle.metadata.config);
    } catch (const std::invalid_argument& error) {
        throw bundle::BundleError(bundle::BundleError::Reason::damaged, error.what());
    }
}

MuseGanConfig configOf(const MuseGanOptions& options)
{
    MuseGanConfig config;
    config.bars = options.bars;
    config.tracks = static_cast<std::int64_t>(options.voices.size());
    config.noise = options.noise;
    config.generatorWidth = options.generatorWidth;
    return config;
}

/** The unit's activations, computed once; what was chosen before changes nothing. */
class MuseGanPass : public VoicePass
{
public:
    MuseGanPass(const MuseGanNetwork& networkIn, const Latents& latentsIn)
        : network(networkIn)
        , latents(latentsIn)
    {
    }

    void beginSpan(const VoiceSketch&, int first) override
    {
        activations = network.forward(network.latentsOf(latents, first / network.spanSteps()))
                          .permute({0, 1, 2, 4, 3})
                          .contiguous();
        step = 0;
    }
    void scores(std::size_t, VoiceScores& scores) override
    {
        const auto tracks = network.voices().size();
        const auto* row = activations.data_ptr<float>() +
                          step * static_cast<std::int64_t>(tracks) * MuseGanConfig::pitches;
        for (std::size_t voice = 0; voice < tracks; ++voice) {
            scores.rows[voice].fill(-std::numeric_limits<double>::infinity());
            for (std::size_t pitch = 0; pitch < MuseGanConfig::pitches; ++pitch)
                scores.rows[voice][pitch] =
                    std::log(std::max(0.5 * (1.0 + static_cast<double>(*row++)), smallestShare));
        }
    }
    void advance(const std::vector<VoiceBranch>&) override { ++step; }

private:
    const MuseGanNetwork& network;
    const Latents& latents;
    torch::Tensor activations; ///< [1, bars, steps, tracks, pitches]
    std::int64_t step = 0;
};

} // namespace

MuseGanNetwork::MuseGanNetwork(const bundle::Bundle& bundle)
    : options(optionsOf(bundle))
{
    models::MuseGanGenerator made(configOf(options));
    loadTensors(*made, bundle.tensors);
    made->eval();
    for (const auto& parameter : made->parameters()) {
        parameter.set_requires_grad(false);
        parameters += parameter.numel();
    }
    network = made;
}

int MuseGanNetwork::spanSteps() const
{
    return static_cast<int>(options.bars) * stepsPerBar();
}

double MuseGanNetwork::threshold() const
{
    return std::log(0.5);
}

torch::Tensor MuseGanNetwork::latentsOf(const Latents& latents, std::int64_t unit) const
{
    const auto voiceCount = static_cast<int>(options.voices.size());
    const auto size = static_cast<std::size_t>(options.noise);
    auto values = torch::empty({1, 2 + 2 * voiceCount, options.noise});
    auto* place = values.data_ptr<float>();
    const auto add = [&](int index, std::int64_t bar) {
        const auto numbers = latents.vector(index, bar, size);
        place = std::copy(numbers.begin(), numbers.end(), place);
    };
    add(ORGANUM_LATENT_CHORDS, unit);
    add(ORGANUM_LATENT_STYLE, 0);
    for (int voice = 0; voice < voiceCount; ++voice)
        add(ORGANUM_LATENT_MELODY + voice, unit);
    for (int voice = 0; voice < voiceCount; ++voice)
        add(ORGANUM_LATENT_GROOVE + voice, 0);
    return values;
}

torch::Tensor MuseGanNetwork::forward(const torch::Tensor& latents) const
{
    torch::NoGradGuard noGradients;
    // Evaluation changes nothing in a module; only its signature says otherwise.
    return models::MuseGanGenerator(network)->forward(latents);
}

std::unique_ptr<VoicePass> MuseGanNetwork::begin(const VoicePlan& plan) const
{
    return std::make_unique<MuseGanPass>(*this, plan.latents);
}

} // namespace organum::engine
