#include "Models/Layers/LeakyRelu.h"

#include <stdexcept>

namespace organum::models
{
namespace
{

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/** The gradient as a function of its own: linear in `gradient`, constant in `output`, whose sign
    is that of the input. */
struct LeakyReluGradient : torch::autograd::Function<LeakyReluGradient>
{
    static Variable forward(AutogradContext* context, const Variable& gradient,
                            const Variable& output, double slope)
    {
        context->save_for_backward({output});
        context->saved_data["slope"] = slope;
        return at::leaky_relu_backward(gradient, output, slope, true);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients)
    {
        const auto output = context->get_saved_variables().front().detach();
        const auto slope = context->saved_data["slope"].toDouble();
        return {LeakyReluGradient::apply(gradients.front(), output, slope), {}, {}};
    }
};

struct LeakyRelu : torch::autograd::Function<LeakyRelu>
{
    static Variable forward(AutogradContext* context, const Variable& x, double slope)
    {
        auto output = at::leaky_relu(x, slope);
        context->save_for_backward({output});
        context->saved_data["slope"] = slope;
        return output;
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients)
    {
        const auto output = context->get_saved_variables().front().detach();
        const auto slope = context->saved_data["slope"].toDouble();
        return {LeakyReluGradient::apply(gradients.front(), output, slope), {}};
    }
};

} // namespace

torch::Tensor leakyRelu(const torch::Tensor& x, double slope)
{
    if (!(slope > 0.0))
        throw std::invalid_argument("The slope of a leaky rectifier must be above 0.");
    return LeakyRelu::apply(x, slope);
}

} // namespace organum::models
