#pragma once

// MuseGAN as the book writes it down, with LibTorch's own convolutions and activations: what the
// faster layout must agree with.

#include "Models/Music/MuseGan.h"

namespace organum::test
{

/** A layer's output through Conv3d. x: [B, channels, bars, steps, pitches]; `axis`: 0 bars, 1
    steps, 2 pitches. */
inline torch::Tensor conv3d(torch::Tensor x, const models::AxisConvolution& layer, int axis)
{
    const auto& options = layer->options;
    const auto length = x.size(2 + axis);
    std::vector<std::int64_t> kernel(3, 1), stride(3, 1);
    kernel[static_cast<std::size_t>(axis)] = options.kernel;
    stride[static_cast<std::size_t>(axis)] = options.stride;
    if (options.same) {
        // As TensorFlow pads: the odd zero stands at the end.
        const auto results = (length + options.stride - 1) / options.stride;
        const auto zeros =
            std::max<std::int64_t>(0, (results - 1) * options.stride + options.kernel - length);
        std::vector<std::int64_t> pad(6, 0); // from the last axis to the first
        pad[static_cast<std::size_t>(2 * (2 - axis))] = zeros / 2;
        pad[static_cast<std::size_t>(2 * (2 - axis) + 1)] = zeros - zeros / 2;
        x = torch::constant_pad_nd(x, pad);
    }
    auto shape = kernel;
    shape.insert(shape.begin(), {options.out, options.in});
    return torch::conv3d(x, layer->conventionalWeight().reshape(shape), layer->bias, stride);
}

/** A layer's output through ConvTranspose2d. x: [B, channels, height, width]. */
inline torch::Tensor convTransposed2d(const torch::Tensor& x,
                                      const models::AxisTransposedConvolution& layer,
                                      bool alongWidth)
{
    const auto& options = layer->options;
    const auto along = [&](std::int64_t n) {
        return alongWidth ? std::vector<std::int64_t>{1, n} : std::vector<std::int64_t>{n, 1};
    };
    auto shape = along(options.kernel);
    shape.insert(shape.begin(), {options.in, options.out});
    return torch::conv_transpose2d(x, layer->conventionalWeight().reshape(shape), layer->bias,
                                   along(options.stride));
}

/** Training mode: statistics of the batch, over all but the channels in axis 1. */
inline torch::Tensor batchNormed(const torch::Tensor& x, const torch::nn::BatchNorm1d& norm)
{
    return torch::batch_norm(x, norm->weight, norm->bias, {}, {}, true, 0.1, 1e-3, false);
}

/** [B, noise] -> [B, bars, noise]. */
inline torch::Tensor temporalNetwork(const models::TemporalNetwork& network,
                                     const torch::Tensor& noise)
{
    auto x = noise.view({noise.size(0), noise.size(1), 1, 1});
    x = torch::relu(batchNormed(convTransposed2d(x, network->first, false), network->firstNorm));
    x = torch::relu(batchNormed(convTransposed2d(x, network->second, false), network->secondNorm));
    return x.squeeze(3).transpose(1, 2);
}

/** [N, 4 * noise] -> [N, steps, pitches]. */
inline torch::Tensor barGenerator(const models::BarGenerator& network, const torch::Tensor& vectors)
{
    auto x = torch::relu(batchNormed(
        torch::linear(vectors, network->dense->weight, network->dense->bias), network->norms[0]));
    x = x.view({x.size(0), 2, x.size(1) / 2}).transpose(1, 2).unsqueeze(3);
    for (std::size_t i = 0; i < network->layers.size(); ++i) {
        x = convTransposed2d(x, network->layers[i], i >= 3);
        x = i + 1 < network->layers.size() ? torch::relu(batchNormed(x, network->norms[i + 1]))
                                           : torch::tanh(x);
    }
    return x.squeeze(1);
}

/** The critic layer by layer: along which axis each convolution's kernel lies. */
inline torch::Tensor critic(const models::MuseGanCritic& network, const torch::Tensor& pieces)
{
    auto x = pieces.permute({0, 4, 1, 2, 3}).contiguous();
    const auto convolutions = network->convolutions();
    constexpr int axes[] = {0, 0, 2, 2, 1, 1, 1, 1};
    for (std::size_t i = 0; i < convolutions.size(); ++i)
        x = torch::leaky_relu(conv3d(x, convolutions[i], axes[i]),
                              models::MuseGanCriticImpl::slope);
    x = x.flatten(1);
    x = torch::leaky_relu(torch::linear(x, network->dense->weight, network->dense->bias),
                          models::MuseGanCriticImpl::slope);
    return torch::linear(x, network->last->weight, network->last->bias).squeeze(1);
}

} // namespace organum::test
