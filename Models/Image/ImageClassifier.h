#pragma once

// The book's classifiers of small images (chapter 2): layers of units, or convolutions with batch
// norms and dropout. Sizes are data, so that our judge of digits is the same class.

#include "Models/Layers/KerasConvolution.h"

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace organum::models
{

struct ClassifierConfig
{
    struct Layer
    {
        std::int64_t filters = 32;
        std::int64_t stride = 1;
    };
    std::int64_t channels = 3;
    std::int64_t height = 32;
    std::int64_t width = 32;
    std::int64_t classes = 10;
    std::vector<Layer> convolutions; ///< 3 x 3, each with batch norm and LeakyReLU(0.3)
    std::vector<std::int64_t> units; ///< dense layers before the last
    /** Dense layers with batch norm, LeakyReLU(0.3) and dropout; else ReLU alone. */
    bool batchNorm = false;
    double dropout = 0.0;

    /** Section 2.1: 3072-200-150-10 (the book's first listing, which flattens too late, is a
        different network). */
    static ClassifierConfig mlp();
    /** Section 2.5. */
    static ClassifierConfig cnn();
};

class ImageClassifierImpl : public torch::nn::Module
{
public:
    /** Throws std::invalid_argument for sizes below 1. */
    explicit ImageClassifierImpl(const ClassifierConfig& configIn);

    /** [B, channels, H, W], 0..1 -> logits [B, classes]; the softmax is in the loss. */
    torch::Tensor forward(const torch::Tensor& images);
    /** What the last layer sees: [B, units]. */
    torch::Tensor features(const torch::Tensor& images);

    const ClassifierConfig config;

private:
    torch::nn::Sequential stack;
    torch::nn::Linear last{nullptr};
};
TORCH_MODULE(ImageClassifier);

/** Correlation of one grey image [H, W] with a kernel [k, k], zeros around it ("same"): the book's
    demonstration of what a convolution sees (section 2.2). [ceil(H / stride), ceil(W / stride)]. */
torch::Tensor filtered(const torch::Tensor& image, const torch::Tensor& kernel,
                       std::int64_t stride = 1);

/** Its two kernels. */
torch::Tensor horizontalEdges();
torch::Tensor verticalEdges();

} // namespace organum::models
