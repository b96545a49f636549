#include "Models/Layers/KerasConvolution.h"

#include "Models/Layers/KerasInitialisers.h"
#include "Models/Layers/TransposedConvolution.h"

#include <algorithm>
#include <stdexcept>

namespace organum::models
{
namespace
{

void checkOptions(const SameConvolutionOptions& options)
{
    if (options.in < 1 || options.out < 1 || options.kernel < 1 || options.stride < 1)
        throw std::invalid_argument("A convolution's channels, kernel and stride must be at least "
                                    "1.");
}

/** Zeros that one axis needs altogether. */
std::int64_t zerosFor(std::int64_t length, const SameConvolutionOptions& options)
{
    const auto results = (length + options.stride - 1) / options.stride;
    return std::max<std::int64_t>(0, (results - 1) * options.stride + options.kernel - length);
}

} // namespace

SameConvolutionImpl::SameConvolutionImpl(const SameConvolutionOptions& optionsIn)
    : options(optionsIn)
{
    checkOptions(options);
    weight = register_parameter(
        "weight", torch::empty({options.out, options.in, options.kernel, options.kernel}));
    bias = register_parameter("bias", torch::zeros({options.out}));
    torch::nn::init::xavier_uniform_(weight);
}

torch::Tensor SameConvolutionImpl::forward(const torch::Tensor& x)
{
    const auto rows = zerosFor(x.size(2), options), columns = zerosFor(x.size(3), options);
    if (rows % 2 == 0 && columns % 2 == 0)
        return at::conv2d(x, weight, bias, options.stride, {rows / 2, columns / 2});
    const auto padded =
        at::constant_pad_nd(x, {columns / 2, columns - columns / 2, rows / 2, rows - rows / 2}, 0);
    return at::conv2d(padded, weight, bias, options.stride);
}

SameTransposedConvolutionImpl::SameTransposedConvolutionImpl(
    const SameConvolutionOptions& optionsIn)
    : options(optionsIn)
{
    checkOptions(options);
    if (options.kernel < options.stride)
        throw std::invalid_argument("A transposed convolution's kernel must cover its stride.");
    weight = register_parameter(
        "weight", torch::empty({options.in, options.out, options.kernel, options.kernel}));
    bias = register_parameter("bias", torch::zeros({options.out}));
    torch::nn::init::xavier_uniform_(weight);
}

torch::Tensor SameTransposedConvolutionImpl::forward(const torch::Tensor& x)
{
    const auto before = (options.kernel - options.stride) / 2;
    const auto result = convTranspose2d(x, weight, bias, options.stride, before);
    return result.narrow(2, 0, x.size(2) * options.stride).narrow(3, 0, x.size(3) * options.stride);
}

torch::nn::BatchNorm2d kerasBatchNorm2d(std::int64_t channels, double momentum)
{
    return torch::nn::BatchNorm2d(
        torch::nn::BatchNorm2dOptions(channels).momentum(1.0 - momentum).eps(1e-3));
}

torch::nn::BatchNorm1d kerasBatchNorm1d(std::int64_t units, double momentum)
{
    return torch::nn::BatchNorm1d(
        torch::nn::BatchNorm1dOptions(units).momentum(1.0 - momentum).eps(1e-3));
}

torch::nn::Linear kerasDense(std::int64_t in, std::int64_t out)
{
    torch::nn::Linear layer(in, out);
    initialiseLikeKeras(layer);
    return layer;
}

KerasCount kerasCount(const torch::nn::Module& module)
{
    KerasCount count;
    for (const auto& parameter : module.parameters())
        count.trainable += parameter.numel();
    for (const auto& buffer : module.named_buffers())
        if (buffer.value().dim() == 1) // not the number of batches tracked
            count.fixed += buffer.value().numel();
    return count;
}

} // namespace organum::models
