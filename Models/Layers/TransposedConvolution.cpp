#include "Models/Layers/TransposedConvolution.h"

#include <array>

namespace organum::models
{
namespace
{

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/** Gradients of the convolution that leads from [B, out, H', W'] back to [B, in, H, W]: of its
    input, or of its weight. */
struct Gradients
{
    Variable input, weight;
};

Gradients gradientsOf(const Variable& result, const Variable& input, const Variable& weight,
                      std::int64_t stride, std::int64_t padding, std::array<bool, 3> wanted)
{
    auto all = at::convolution_backward(result, input, weight, c10::nullopt, {stride, stride},
                                        {padding, padding}, {1, 1}, false, {0, 0}, 1, wanted);
    return {std::get<0>(all), std::get<1>(all)};
}

struct Transposed : torch::autograd::Function<Transposed>
{
    static Variable forward(AutogradContext* context, const Variable& x, const Variable& weight,
                            std::int64_t stride, std::int64_t padding)
    {
        context->save_for_backward({x, weight});
        context->saved_data["stride"] = stride;
        context->saved_data["padding"] = padding;
        const auto side = [&](std::int64_t axis) {
            return (x.size(axis) - 1) * stride - 2 * padding + weight.size(axis);
        };
        // Of the convolution's input only the shape counts.
        const auto shape = at::empty({x.size(0), weight.size(1), side(2), side(3)}, x.options());
        return gradientsOf(x, shape, weight, stride, padding, {true, false, false}).input;
    }

    // The convolution is linear in both, so its own gradients are convolutions again, recorded
    // where a second derivative is wanted.
    static variable_list backward(AutogradContext* context, const variable_list& gradients)
    {
        const auto saved = context->get_saved_variables();
        const auto stride = context->saved_data["stride"].toInt();
        const auto padding = context->saved_data["padding"].toInt();
        const auto& gradient = gradients.front();
        Variable ofX, ofWeight;
        if (context->needs_input_grad(0))
            ofX = at::conv2d(gradient, saved[1], {}, stride, padding);
        if (context->needs_input_grad(1))
            ofWeight =
                gradientsOf(saved[0], gradient, saved[1], stride, padding, {false, true, false})
                    .weight;
        return {ofX, ofWeight, {}, {}};
    }
};

} // namespace

torch::Tensor convTranspose2d(const torch::Tensor& x, const torch::Tensor& weight,
                              const torch::Tensor& bias, std::int64_t stride, std::int64_t padding)
{
    if (!x.device().is_cpu())
        return at::conv_transpose2d(x, weight, bias, stride, padding);
    if (stride == 1) // then it is a convolution with the kernel turned round
        return at::conv2d(x, weight.flip({2, 3}).transpose(0, 1), bias, 1,
                          weight.size(2) - 1 - padding);
    return Transposed::apply(x, weight, stride, padding) + bias.view({1, -1, 1, 1});
}

} // namespace organum::models
