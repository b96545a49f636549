#pragma once

// The transposed convolution of LibTorch, faster on the CPU: LibTorch 1.13 leaves it to a matrix
// product and a scatter, although it is the gradient of a convolution, which oneDNN computes.

#include <torch/torch.h>

#include <cstdint>

namespace organum::models
{

/** The numbers of at::conv_transpose2d(x, weight, bias, stride, padding), to rounding:
    [B, in, H, W] with a weight [in, out, k, k] gives [B, out, (H - 1) * stride - 2 * padding + k,
    likewise]. `bias` is [out]. Can be differentiated twice. */
torch::Tensor convTranspose2d(const torch::Tensor& x, const torch::Tensor& weight,
                              const torch::Tensor& bias, std::int64_t stride, std::int64_t padding);

} // namespace organum::models
