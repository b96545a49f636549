#include "Models/Music/MuseGan.h"

#include <stdexcept>
#include <string>

namespace organum::models
{
namespace
{

/** Keras' BatchNormalization with momentum 0.9: there the old value's weight, here the new one's.
 */
torch::nn::BatchNorm1d batchNorm(std::int64_t channels)
{
    return torch::nn::BatchNorm1d(torch::nn::BatchNorm1dOptions(channels).momentum(0.1).eps(1e-3));
}

/** Normalises over all axes but the last. */
torch::Tensor normalised(torch::nn::BatchNorm1d& norm, const torch::Tensor& x)
{
    return norm->forward(x.reshape({-1, x.size(-1)})).view(x.sizes());
}

} // namespace

void check(const MuseGanConfig& config)
{
    const auto within = [](std::int64_t value, std::int64_t low, std::int64_t high,
                           const std::string& what) {
        if (value < low || value > high)
            throw std::invalid_argument("MuseGAN's number of " + what + " is " +
                                        std::to_string(value) + "; it must be from " +
                                        std::to_string(low) + " to " + std::to_string(high) + ".");
    };
    within(config.bars, 2, 64, "bars");
    within(config.tracks, 1, 16, "tracks");
    within(config.noise, 1, 4096, "numbers in a vector of noise");
    within(config.generatorWidth, 4, 16384, "units in the generator's widest layers");
    within(config.criticWidth, 1, 4096, "channels in the critic's first layers");
    if (config.generatorWidth % 4 != 0)
        throw std::invalid_argument("The width of MuseGAN's generator is " +
                                    std::to_string(config.generatorWidth) +
                                    "; it must be a multiple of 4.");
}

TemporalNetworkImpl::TemporalNetworkImpl(const MuseGanConfig& config)
    : first(register_module("first", AxisTransposedConvolution(AxisConvolutionOptions{
                                         config.noise, config.generatorWidth, 2})))
    , second(register_module("second", AxisTransposedConvolution(AxisConvolutionOptions{
                                           config.generatorWidth, config.noise, config.bars - 1})))
    , firstNorm(register_module("firstNorm", batchNorm(config.generatorWidth)))
    , secondNorm(register_module("secondNorm", batchNorm(config.noise)))
{
}

torch::Tensor TemporalNetworkImpl::forward(const torch::Tensor& noise)
{
    auto x = torch::relu(normalised(firstNorm, first->forward(noise.unsqueeze(1))));
    return torch::relu(normalised(secondNorm, second->forward(x)));
}

BarGeneratorImpl::BarGeneratorImpl(const MuseGanConfig& config)
{
    const auto width = config.generatorWidth;
    dense = register_module("dense", torch::nn::Linear(4 * config.noise, width));
    norms.push_back(batchNorm(width));
    const AxisConvolutionOptions shapes[] = {{width / 2, width / 2, 2, 2},
                                             {width / 2, width / 4, 2, 2},
                                             {width / 4, width / 4, 2, 2},
                                             {width / 4, width / 4, 7, 7},
                                             {width / 4, 1, 12, 12}};
    for (const auto& shape : shapes) {
        layers.emplace_back(shape);
        if (layers.size() < std::size(shapes)) // the last layer is not normalised
            norms.push_back(batchNorm(shape.out));
    }
    for (std::size_t i = 0; i < layers.size(); ++i)
        register_module("layer" + std::to_string(i + 1), layers[i]);
    for (std::size_t i = 0; i < norms.size(); ++i)
        register_module("norm" + std::to_string(i), norms[i]);
}

torch::Tensor BarGeneratorImpl::forward(const torch::Tensor& vectors)
{
    const auto rows = vectors.size(0);
    auto x = torch::relu(norms[0]->forward(dense->forward(vectors)));
    x = x.view({rows, 2, x.size(1) / 2});
    for (std::size_t i = 0; i + 1 < layers.size(); ++i) {
        if (i == 3) // from here on along pitches: every step is a row of length 1
            x = x.view({rows, MuseGanConfig::steps, 1, x.size(-1)});
        x = torch::relu(normalised(norms[i + 1], layers[i]->forward(x)));
    }
    x = torch::tanh(layers.back()->forward(x));
    return x.view({rows, MuseGanConfig::steps, MuseGanConfig::pitches});
}

MuseGanGeneratorImpl::MuseGanGeneratorImpl(const MuseGanConfig& configIn)
    : config(configIn)
{
    check(config);
    chords = register_module("chords", TemporalNetwork(config));
    for (std::int64_t track = 0; track < config.tracks; ++track) {
        const auto number = std::to_string(track + 1);
        melodies.push_back(register_module("melody" + number, TemporalNetwork(config)));
        bars.push_back(register_module("bar" + number, BarGenerator(config)));
    }
    initialiseNormal(*this);
}

torch::Tensor MuseGanGeneratorImpl::track(const torch::Tensor& latents,
                                          const torch::Tensor& chordsOfBars, std::int64_t index)
{
    const auto batch = latents.size(0);
    const auto everyBar = [&](std::int64_t row) {
        return latents.select(1, row).unsqueeze(1).expand({batch, config.bars, config.noise});
    };
    const auto at = static_cast<std::size_t>(index);
    const auto vectors =
        torch::cat({chordsOfBars, everyBar(1), melodies[at]->forward(latents.select(1, 2 + index)),
                    everyBar(2 + config.tracks + index)},
                   2);
    return bars[at]
        ->forward(vectors.view({batch * config.bars, 4 * config.noise}))
        .view({batch, config.bars, MuseGanConfig::steps, MuseGanConfig::pitches});
}

torch::Tensor MuseGanGeneratorImpl::track(const torch::Tensor& latents, std::int64_t index)
{
    return track(latents, chords->forward(latents.select(1, 0)), index);
}

torch::Tensor MuseGanGeneratorImpl::forward(const torch::Tensor& latents)
{
    const auto chordsOfBars = chords->forward(latents.select(1, 0));
    std::vector<torch::Tensor> tracks;
    for (std::int64_t index = 0; index < config.tracks; ++index)
        tracks.push_back(track(latents, chordsOfBars, index));
    return torch::stack(tracks, -1);
}

} // namespace organum::models
