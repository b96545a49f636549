#pragma once

// Convolutions of images with the zeros of Keras' padding "same": where a stride of 2 asks for an
// odd number of zeros, the larger half stands below and on the right. LibTorch pads both sides
// alike, which shifts every feature map by half a pixel against the book's.

#include <torch/torch.h>

#include <cstdint>

namespace organum::models
{

struct SameConvolutionOptions
{
    std::int64_t in = 1;  ///< channels
    std::int64_t out = 1; ///< channels
    std::int64_t kernel = 3;
    std::int64_t stride = 1;
};

/** Conv2D(padding="same") of Keras. Kernels are drawn Glorot-uniform, biases are 0. */
class SameConvolutionImpl : public torch::nn::Module
{
public:
    /** Throws std::invalid_argument unless all options are at least 1. */
    explicit SameConvolutionImpl(const SameConvolutionOptions& optionsIn);

    /** [B, in, H, W] -> [B, out, ceil(H / stride), ceil(W / stride)]. */
    torch::Tensor forward(const torch::Tensor& x);

    const SameConvolutionOptions options;
    torch::Tensor weight; ///< [out, in, kernel, kernel]
    torch::Tensor bias;   ///< [out]
};
TORCH_MODULE(SameConvolution);

/** Conv2DTranspose(padding="same") of Keras: the gradient of the convolution above. */
class SameTransposedConvolutionImpl : public torch::nn::Module
{
public:
    /** Throws std::invalid_argument unless all are at least 1 and the kernel covers the stride. */
    explicit SameTransposedConvolutionImpl(const SameConvolutionOptions& optionsIn);

    /** [B, in, H, W] -> [B, out, H * stride, W * stride]. */
    torch::Tensor forward(const torch::Tensor& x);

    const SameConvolutionOptions options;
    torch::Tensor weight; ///< [in, out, kernel, kernel]
    torch::Tensor bias;   ///< [out]
};
TORCH_MODULE(SameTransposedConvolution);

/** Keras' BatchNormalization: `momentum` is the weight of the old running value, epsilon 0.001. */
torch::nn::BatchNorm2d kerasBatchNorm2d(std::int64_t channels, double momentum = 0.99);
torch::nn::BatchNorm1d kerasBatchNorm1d(std::int64_t units, double momentum = 0.99);

/** A Linear with Keras' starting weights. */
torch::nn::Linear kerasDense(std::int64_t in, std::int64_t out);

/** What Keras' summary counts: parameters and the running statistics of batch norms. */
struct KerasCount
{
    std::int64_t trainable = 0;
    std::int64_t fixed = 0;
    std::int64_t total() const { return trainable + fixed; }
};
KerasCount kerasCount(const torch::nn::Module& module);

} // namespace organum::models
