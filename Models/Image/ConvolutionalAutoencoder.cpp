#include "Models/Image/ConvolutionalAutoencoder.h"

#include <stdexcept>

namespace organum::models
{
namespace
{

constexpr double slope = 0.3; ///< of Keras' LeakyReLU

std::int64_t product(const std::vector<AutoencoderConfig::Layer>& layers)
{
    std::int64_t factor = 1;
    for (const auto& layer : layers)
        factor *= layer.stride;
    return factor;
}

/** What follows a convolution within the stacks. */
void addActivation(torch::nn::Sequential& stack, const AutoencoderConfig& config,
                   std::int64_t filters)
{
    if (config.batchNorm)
        stack->push_back(kerasBatchNorm2d(filters));
    stack->push_back(torch::nn::LeakyReLU(torch::nn::LeakyReLUOptions().negative_slope(slope)));
    if (config.dropout > 0.0)
        stack->push_back(torch::nn::Dropout(config.dropout));
}

} // namespace

AutoencoderConfig AutoencoderConfig::digits(bool variational)
{
    AutoencoderConfig config;
    config.encoder = {{32, 1}, {64, 2}, {64, 2}, {64, 1}};
    config.decoder = {{64, 1}, {64, 2}, {32, 2}, {1, 1}};
    config.variational = variational;
    return config;
}

AutoencoderConfig AutoencoderConfig::faces()
{
    AutoencoderConfig config;
    config.channels = 3;
    config.height = 128;
    config.latent = 200;
    config.encoder = {{32, 2}, {64, 2}, {64, 2}, {64, 2}};
    config.decoder = {{64, 2}, {64, 2}, {32, 2}, {3, 2}};
    config.variational = true;
    config.batchNorm = true;
    config.dropout = 0.25;
    return config;
}

void check(const AutoencoderConfig& config)
{
    if (config.encoder.empty() || config.decoder.empty() || config.latent < 1)
        throw std::invalid_argument("An autoencoder needs layers and a code.");
    const auto factor = product(config.encoder);
    if (factor != product(config.decoder) || config.height % factor != 0)
        throw std::invalid_argument("An image of " + std::to_string(config.height) +
                                    " pixels cannot be halved and doubled by the autoencoder's "
                                    "strides.");
    if (config.decoder.back().filters != config.channels)
        throw std::invalid_argument("The decoder's last layer must have as many filters as images "
                                    "have channels.");
}

ImageEncoderImpl::ImageEncoderImpl(const AutoencoderConfig& configIn)
    : config(configIn)
{
    check(config);
    auto channels = config.channels;
    for (const auto& layer : config.encoder) {
        stack->push_back(
            SameConvolution(SameConvolutionOptions{channels, layer.filters, 3, layer.stride}));
        addActivation(stack, config, layer.filters);
        channels = layer.filters;
    }
    const auto side = config.height / product(config.encoder);
    register_module("stack", stack);
    meanHead = register_module("mean", kerasDense(channels * side * side, config.latent));
    if (config.variational)
        varianceHead =
            register_module("log_variance", kerasDense(channels * side * side, config.latent));
}

torch::Tensor ImageEncoderImpl::Code::sample() const
{
    return logVariance.defined() ? mean + torch::exp(logVariance / 2.0) * torch::randn_like(mean)
                                 : mean;
}

ImageEncoderImpl::Code ImageEncoderImpl::forward(const torch::Tensor& images)
{
    const auto features = stack->forward(images).flatten(1);
    Code code;
    code.mean = meanHead->forward(features);
    if (config.variational)
        code.logVariance = varianceHead->forward(features);
    return code;
}

ImageDecoderImpl::ImageDecoderImpl(const AutoencoderConfig& configIn)
    : config(configIn)
{
    check(config);
    side = config.height / product(config.decoder);
    auto channels = config.encoder.back().filters;
    dense = register_module("dense", kerasDense(config.latent, channels * side * side));
    for (std::size_t i = 0; i < config.decoder.size(); ++i) {
        const auto& layer = config.decoder[i];
        stack->push_back(SameTransposedConvolution(
            SameConvolutionOptions{channels, layer.filters, 3, layer.stride}));
        if (i + 1 < config.decoder.size())
            addActivation(stack, config, layer.filters);
        else
            stack->push_back(torch::nn::Sigmoid());
        channels = layer.filters;
    }
    register_module("stack", stack);
}

torch::Tensor ImageDecoderImpl::forward(const torch::Tensor& codes)
{
    return stack->forward(dense->forward(codes).view({codes.size(0), -1, side, side}));
}

AutoencoderImpl::AutoencoderImpl(const AutoencoderConfig& configIn)
    : config(configIn)
    , encoder(register_module("encoder", ImageEncoder(configIn)))
    , decoder(register_module("decoder", ImageDecoder(configIn)))
{
}

torch::Tensor divergenceFromNormal(const ImageEncoderImpl::Code& code)
{
    const auto inner = 1.0 + code.logVariance - code.mean.square() - code.logVariance.exp();
    return (-0.5 * inner.sum(1)).mean();
}

} // namespace organum::models
