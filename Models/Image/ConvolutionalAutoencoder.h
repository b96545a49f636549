#pragma once

// The book's autoencoders of images (sections 3.1 to 3.3): a stack of convolutions down to a few
// numbers, and one of transposed convolutions back. The variational ones end in two heads, the mean
// and the logarithm of the variance. Sizes are data, so that digits and faces are one class.

#include "Models/Layers/KerasConvolution.h"

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace organum::models
{

struct AutoencoderConfig
{
    struct Layer
    {
        std::int64_t filters = 32;
        std::int64_t stride = 1;
    };
    std::int64_t channels = 1;
    std::int64_t height = 28; ///< a multiple of all encoder strides together; also the width
    std::int64_t latent = 2;
    std::vector<Layer> encoder;
    std::vector<Layer> decoder; ///< the last has `channels` filters and a sigmoid
    bool variational = false;
    bool batchNorm = false; ///< convolution, batch norm, rectifier, dropout
    double dropout = 0.0;

    /** Section 3.1, and with `variational` 3.2: 28 x 28 grey, two numbers. */
    static AutoencoderConfig digits(bool variational);
    /** Section 3.3: 128 x 128 colour, 200 numbers. */
    static AutoencoderConfig faces();
};

/** Throws std::invalid_argument when the sizes do not fit together. */
void check(const AutoencoderConfig& config);

class ImageEncoderImpl : public torch::nn::Module
{
public:
    explicit ImageEncoderImpl(const AutoencoderConfig& configIn);

    struct Code
    {
        torch::Tensor mean;        ///< [B, latent]
        torch::Tensor logVariance; ///< [B, latent]; undefined unless variational
        /** mean + exp(logVariance / 2) * noise, with noise from LibTorch's generator. */
        torch::Tensor sample() const;
    };
    /** [B, channels, H, W], 0..1. */
    Code forward(const torch::Tensor& images);

    const AutoencoderConfig config;

private:
    torch::nn::Sequential stack;
    torch::nn::Linear meanHead{nullptr}, varianceHead{nullptr};
};
TORCH_MODULE(ImageEncoder);

class ImageDecoderImpl : public torch::nn::Module
{
public:
    explicit ImageDecoderImpl(const AutoencoderConfig& configIn);

    /** [B, latent] -> [B, channels, H, W], 0..1. */
    torch::Tensor forward(const torch::Tensor& codes);

    const AutoencoderConfig config;

private:
    std::int64_t side = 1; ///< of the smallest map
    torch::nn::Linear dense{nullptr};
    torch::nn::Sequential stack;
};
TORCH_MODULE(ImageDecoder);

class AutoencoderImpl : public torch::nn::Module
{
public:
    explicit AutoencoderImpl(const AutoencoderConfig& configIn);

    const AutoencoderConfig config;
    ImageEncoder encoder{nullptr};
    ImageDecoder decoder{nullptr};
};
TORCH_MODULE(Autoencoder);

/** The mean over the batch of -1/2 * sum over the code of (1 + logVariance - mean^2 - variance):
    how far codes are from the standard normal; at least 0. (The sign printed in the book's text is
    wrong; its listing has this one.) */
torch::Tensor divergenceFromNormal(const ImageEncoderImpl::Code& code);

} // namespace organum::models
