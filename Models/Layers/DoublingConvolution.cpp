#include "Models/Layers/DoublingConvolution.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace organum::models
{
namespace
{

/** Which pixel of the small image, seen from pixel i, the weight at `tap` reaches for the result
    2 i + phase; nothing where it reaches none. */
struct Reach
{
    bool any = false;
    std::int64_t pixel = 0;
};

Reach reachOf(const DoublingConvolutionOptions& options, std::int64_t phase, std::int64_t tap)
{
    if (options.doubling == Doubling::upsampled) {
        const auto place = phase + tap - (options.kernel - 1) / 2;
        return {true, place >= 0 ? place / 2 : -((1 - place) / 2)};
    }
    const auto twice = phase + (options.kernel - 2) / 2 - tap;
    return {twice % 2 == 0, twice / 2};
}

/** Along one axis: rows (phase, reached pixel), columns the kernel's weights. */
torch::Tensor axisPhases(const DoublingConvolutionOptions& options)
{
    std::int64_t radius = 0;
    for (std::int64_t phase = 0; phase < 2; ++phase)
        for (std::int64_t tap = 0; tap < options.kernel; ++tap)
            if (const auto reach = reachOf(options, phase, tap); reach.any)
                radius = std::max(radius, std::abs(reach.pixel));
    auto table = torch::zeros({2, 2 * radius + 1, options.kernel});
    auto cells = table.accessor<float, 3>();
    for (std::int64_t phase = 0; phase < 2; ++phase)
        for (std::int64_t tap = 0; tap < options.kernel; ++tap)
            if (const auto reach = reachOf(options, phase, tap); reach.any)
                cells[phase][reach.pixel + radius][tap] = 1.0f;
    return table;
}

} // namespace

DoublingConvolutionImpl::DoublingConvolutionImpl(const DoublingConvolutionOptions& optionsIn)
    : options(optionsIn)
{
    const auto least = options.doubling == Doubling::transposed ? 2 : 1;
    if (options.in < 1 || options.out < 1 || options.kernel < least)
        throw std::invalid_argument("A convolution's channels must be at least 1, and its kernel "
                                    "at least 1, or 2 for a transposed one.");
    weight = register_parameter(
        "weight", torch::empty({options.out, options.in, options.kernel, options.kernel}));
    bias = register_parameter("bias", torch::zeros({options.out}));
    torch::nn::init::xavier_uniform_(weight);

    const auto axis = axisPhases(options);
    taps = axis.size(1);
    const auto flat = axis.flatten(0, 1);
    phases = torch::kron(flat, flat).t().contiguous();
}

torch::Tensor DoublingConvolutionImpl::phaseKernel()
{
    if (phases.device() != weight.device())
        phases = phases.to(weight.device());
    return weight.flatten(2)
        .flatten(0, 1)
        .mm(phases)
        .view({options.out, options.in, 2, taps, 2, taps})
        .permute({0, 2, 4, 1, 3, 5})
        .reshape({4 * options.out, options.in, taps, taps});
}

torch::Tensor DoublingConvolutionImpl::forward(const torch::Tensor& x)
{
    const auto four =
        at::conv2d(x, phaseKernel(), bias.repeat_interleave(4), 1, {taps / 2, taps / 2});
    return at::pixel_shuffle(four, 2);
}

} // namespace organum::models
