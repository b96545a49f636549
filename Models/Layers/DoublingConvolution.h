#pragma once

// Convolutions that double an image's sides: after nearest-neighbour upsampling, or transposed.
// Either gives each pixel of the small image four results, so both are computed as one convolution
// of the small image with four times the channels. What upsampling would only repeat is multiplied
// once, and oneDNN, which leaves transposed convolutions to slower code, does all of the work.

#include <torch/torch.h>

#include <cstdint>

namespace organum::models
{

enum class Doubling
{
    upsampled, ///< UpSampling2D, then Conv2D(padding="same"): no checkerboard
    transposed ///< Conv2DTranspose(strides=2, padding="same")
};

struct DoublingConvolutionOptions
{
    std::int64_t in = 1;  ///< channels
    std::int64_t out = 1; ///< channels
    std::int64_t kernel = 5;
    Doubling doubling = Doubling::upsampled;
};

/** The numbers are those of the Keras layers (section 4.1). Kernels are drawn Glorot-uniform,
    biases are 0. */
class DoublingConvolutionImpl : public torch::nn::Module
{
public:
    /** Throws std::invalid_argument unless channels and kernel are at least 1, and for a transposed
        one the kernel at least 2. */
    explicit DoublingConvolutionImpl(const DoublingConvolutionOptions& optionsIn);

    /** [B, in, H, W] -> [B, out, 2 H, 2 W]. */
    torch::Tensor forward(const torch::Tensor& x);

    const DoublingConvolutionOptions options;
    torch::Tensor weight; ///< [out, in, kernel, kernel]
    torch::Tensor bias;   ///< [out]

private:
    /** [4 * out, in, taps, taps]: the kernel as the four results of a pixel see it. */
    torch::Tensor phaseKernel();

    std::int64_t taps = 1;
    torch::Tensor phases; ///< [kernel^2, 4 * taps^2]: which weight stands where
};
TORCH_MODULE(DoublingConvolution);

} // namespace organum::models
