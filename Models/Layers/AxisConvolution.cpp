#include "Models/Layers/AxisConvolution.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace organum::models
{
namespace
{

void checkOptions(const AxisConvolutionOptions& options)
{
    if (options.in < 1 || options.out < 1 || options.kernel < 1 || options.stride < 1)
        throw std::invalid_argument("A convolution's channels, kernel and stride must be at least "
                                    "1.");
}

/** x [rows, length, in] with the zeros that `same` asks for. */
torch::Tensor padded(const torch::Tensor& x, const AxisConvolutionOptions& options)
{
    const auto length = x.size(1);
    const auto results = (length + options.stride - 1) / options.stride;
    const auto zeros =
        std::max<std::int64_t>(0, (results - 1) * options.stride + options.kernel - length);
    if (zeros == 0)
        return x;
    return at::constant_pad_nd(x, {0, 0, zeros / 2, zeros - zeros / 2});
}

std::vector<std::int64_t> shaped(const torch::Tensor& like, std::int64_t length, std::int64_t out)
{
    auto sizes = like.sizes().vec();
    sizes[sizes.size() - 2] = length;
    sizes[sizes.size() - 1] = out;
    return sizes;
}

} // namespace

AxisConvolutionImpl::AxisConvolutionImpl(const AxisConvolutionOptions& optionsIn)
    : options(optionsIn)
{
    checkOptions(options);
    weight = register_parameter("weight", torch::empty({options.kernel * options.in, options.out}));
    bias = register_parameter("bias", torch::zeros({options.out}));
    torch::nn::init::xavier_uniform_(weight);
}

torch::Tensor AxisConvolutionImpl::forward(const torch::Tensor& x)
{
    auto data = x.reshape({-1, x.size(-2), x.size(-1)});
    if (options.same)
        data = padded(data, options);
    const auto length = data.size(1);
    if (length < options.kernel)
        throw std::invalid_argument("A convolution with a kernel of " +
                                    std::to_string(options.kernel) + " was given data of length " +
                                    std::to_string(length) + ".");
    const auto results = (length - options.kernel) / options.stride + 1;
    const auto isTiled =
        length == results * options.kernel && (options.stride == options.kernel || results == 1);
    if (!isTiled)
        data = data.unfold(1, options.kernel, options.stride).transpose(2, 3);
    const auto windows = data.reshape({-1, options.kernel * options.in});
    return torch::addmm(bias, windows, weight).view(shaped(x, results, options.out));
}

torch::Tensor AxisConvolutionImpl::conventionalWeight() const
{
    return weight.view({options.kernel, options.in, options.out}).permute({2, 1, 0});
}

AxisTransposedConvolutionImpl::AxisTransposedConvolutionImpl(
    const AxisConvolutionOptions& optionsIn)
    : options(optionsIn)
{
    checkOptions(options);
    if (options.stride != 1 && options.stride != options.kernel)
        throw std::invalid_argument("A transposed convolution's stride must be 1 or its kernel.");
    weight = register_parameter("weight", torch::empty({options.in, options.kernel * options.out}));
    bias = register_parameter("bias", torch::zeros({options.out}));
    torch::nn::init::xavier_uniform_(weight);
}

torch::Tensor AxisTransposedConvolutionImpl::forward(const torch::Tensor& x)
{
    const auto length = x.size(-2);
    const auto results = (length - 1) * options.stride + options.kernel;
    const auto data = x.reshape({-1, options.in});
    if (options.stride == options.kernel || length == 1)
        return torch::addmm(bias.repeat({options.kernel}), data, weight)
            .view(shaped(x, results, options.out));

    const auto parts = data.mm(weight).view({-1, length, options.kernel, options.out});
    torch::Tensor sum;
    for (std::int64_t place = 0; place < length; ++place) {
        const auto part =
            at::constant_pad_nd(parts.select(1, place), {0, 0, place, length - 1 - place});
        sum = sum.defined() ? sum + part : part;
    }
    return (sum + bias).view(shaped(x, results, options.out));
}

torch::Tensor AxisTransposedConvolutionImpl::conventionalWeight() const
{
    return weight.view({options.in, options.kernel, options.out}).permute({0, 2, 1});
}

std::int64_t parameterCount(const torch::nn::Module& module)
{
    std::int64_t count = 0;
    for (const auto& parameter : module.parameters())
        count += parameter.requires_grad() ? parameter.numel() : 0;
    return count;
}

void initialiseNormal(torch::nn::Module& module, double deviation)
{
    torch::NoGradGuard noGrad;
    for (auto& item : module.named_parameters()) {
        auto& value = item.value();
        if (value.dim() > 1)
            value.normal_(0.0, deviation);
        else
            value.fill_(item.key().rfind("weight") != std::string::npos ? 1.0 : 0.0);
    }
}

} // namespace organum::models
