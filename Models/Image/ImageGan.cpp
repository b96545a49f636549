#include "Models/Image/ImageGan.h"

#include "Models/Layers/AxisConvolution.h"
#include "Models/Layers/LeakyRelu.h"

#include <stdexcept>
#include <string>

namespace organum::models
{
namespace
{

constexpr double slope = 0.2;
constexpr std::int64_t kernel = 5;

bool isSketch(const ImageGanConfig& config)
{
    return config.kind == ImageGanKind::sketchGan;
}

/** Channels that the dense layer's units are seen as. */
std::int64_t firstChannels(const ImageGanConfig& config)
{
    switch (config.kind) {
    case ImageGanKind::sketchGan:
        return config.generatorWidth;
    case ImageGanKind::wgan:
        return 4 * config.generatorWidth;
    case ImageGanKind::wganGp:
        break;
    }
    return 8 * config.generatorWidth;
}

/** The side of the image that the doublings begin with. */
std::int64_t firstSize(const ImageGanConfig& config)
{
    auto size = config.size;
    for (const auto& layer : generatorLayers(config))
        if (layer.doubling)
            size = (size + 1) / 2;
    return size;
}

/** Weight of the old value in batch norms, as Keras counts. */
double momentum(const ImageGanConfig& config)
{
    return config.kind == ImageGanKind::wgan ? 0.8 : 0.9;
}

} // namespace

ImageGanConfig ImageGanConfig::book(ImageGanKind kind, std::int64_t channels)
{
    ImageGanConfig config;
    config.kind = kind;
    config.channels = channels;
    if (kind == ImageGanKind::wgan) {
        config.size = 32;
        config.generatorWidth = config.criticWidth = 32;
    } else if (kind == ImageGanKind::wganGp) {
        config.size = 64;
        config.doubling = Doubling::transposed;
    }
    return config;
}

void check(const ImageGanConfig& config)
{
    const auto within = [](std::int64_t value, std::int64_t low, std::int64_t high,
                           const std::string& what) {
        if (value < low || value > high)
            throw std::invalid_argument("The number of " + what + " is " + std::to_string(value) +
                                        "; it must be from " + std::to_string(low) + " to " +
                                        std::to_string(high) + ".");
    };
    within(config.channels, 1, 64, "an image's channels");
    within(config.size, 8, 512, "pixels in an image's side");
    within(config.noise, 1, 4096, "numbers in a vector of noise");
    within(config.generatorWidth, 1, 1024, "channels in the generator's narrowest layer");
    within(config.criticWidth, 1, 1024, "channels in the critic's first layer");
    if (!(config.dropout >= 0.0 && config.dropout < 1.0))
        throw std::invalid_argument("The share of values dropped must be from 0 to below 1.");
}

std::vector<GeneratorLayer> generatorLayers(const ImageGanConfig& config)
{
    const auto width = config.generatorWidth;
    const auto twice = config.doubling;
    switch (config.kind) {
    case ImageGanKind::sketchGan:
        // Listing 4.3 of the book doubles in all four layers; its figure 4.5 and its text in two.
        return {{2 * width, twice}, {width, twice}, {width, {}}, {config.channels, {}}};
    case ImageGanKind::wgan:
        return {{4 * width, twice}, {2 * width, twice}, {width, twice}, {config.channels, {}}};
    case ImageGanKind::wganGp:
        break;
    }
    return {{4 * width, twice}, {2 * width, twice}, {width, twice}, {config.channels, twice}};
}

std::vector<CriticLayer> criticLayers(const ImageGanConfig& config)
{
    const auto width = config.criticWidth;
    switch (config.kind) {
    case ImageGanKind::sketchGan:
        return {{width, 2}, {width, 2}, {2 * width, 2}, {2 * width, 1}};
    case ImageGanKind::wgan:
        return {{width, 2}, {2 * width, 2}, {4 * width, 2}, {4 * width, 1}};
    case ImageGanKind::wganGp:
        break;
    }
    return {{width, 2}, {2 * width, 2}, {4 * width, 2}, {8 * width, 2}};
}

ImageGanGeneratorImpl::ImageGanGeneratorImpl(const ImageGanConfig& configIn)
    : config(configIn)
{
    check(config);
    firstChannels = models::firstChannels(config);
    firstSize = models::firstSize(config);
    const auto units = firstChannels * firstSize * firstSize;
    dense = register_module("dense", torch::nn::Linear(config.noise, units));
    denseNorm = register_module("denseNorm", kerasBatchNorm1d(units, momentum(config)));
    auto in = firstChannels;
    const auto shapes = generatorLayers(config);
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const auto& shape = shapes[i];
        const auto number = std::to_string(i + 1);
        if (shape.doubling)
            layers.emplace_back(
                register_module("layer" + number, DoublingConvolution(DoublingConvolutionOptions{
                                                      in, shape.out, kernel, *shape.doubling})));
        else
            layers.emplace_back(
                register_module("layer" + number,
                                SameConvolution(SameConvolutionOptions{in, shape.out, kernel, 1})));
        if (i + 1 < shapes.size())
            norms.push_back(
                register_module("norm" + number, kerasBatchNorm2d(shape.out, momentum(config))));
        in = shape.out;
    }
    initialiseNormal(*this);
}

torch::Tensor ImageGanGeneratorImpl::activated(const torch::Tensor& x) const
{
    return isSketch(config) ? torch::relu(x) : torch::leaky_relu(x, slope);
}

torch::Tensor ImageGanGeneratorImpl::forward(const torch::Tensor& noise)
{
    auto x = activated(denseNorm->forward(dense->forward(noise)))
                 .view({noise.size(0), firstChannels, firstSize, firstSize});
    for (std::size_t i = 0; i + 1 < layers.size(); ++i)
        x = activated(norms[i]->forward(layers[i].forward<torch::Tensor>(x)));
    x = torch::tanh(layers.back().forward<torch::Tensor>(x));
    const auto beyond = (x.size(2) - config.size) / 2;
    return x.narrow(2, beyond, config.size).narrow(3, beyond, config.size);
}

ImageGanCriticImpl::ImageGanCriticImpl(const ImageGanConfig& configIn)
    : config(configIn)
{
    check(config);
    auto in = config.channels, size = config.size;
    for (const auto& shape : criticLayers(config)) {
        layers.push_back(register_module(
            "layer" + std::to_string(layers.size() + 1),
            SameConvolution(SameConvolutionOptions{in, shape.out, kernel, shape.stride})));
        in = shape.out;
        size = (size + shape.stride - 1) / shape.stride;
    }
    dense = register_module("dense", torch::nn::Linear(in * size * size, 1));
    initialiseNormal(*this);
}

torch::Tensor ImageGanCriticImpl::forward(const torch::Tensor& images)
{
    auto x = images;
    for (auto& layer : layers) {
        x = layer->forward(x);
        x = isSketch(config) ? torch::dropout(torch::relu(x), config.dropout, is_training())
                             : leakyRelu(x, slope);
    }
    return dense->forward(x.flatten(1)).squeeze(1);
}

} // namespace organum::models
