#pragma once

// A leaky rectifier whose gradient is cheap to differentiate again, as a gradient penalty does.
// Between its kinks the function is straight, so its second derivative is 0; LibTorch's own layer
// hands a tensor of zeros down the whole network to say so, and each layer below multiplies it by
// its weights. This one hands nothing down.

#include <torch/torch.h>

namespace organum::models
{

/** x where x > 0, slope * x elsewhere; x of any shape. Keeps its result alone for the backward
   pass, not x. Throws std::invalid_argument unless slope > 0. */
torch::Tensor leakyRelu(const torch::Tensor& x, double slope);

} // namespace organum::models
