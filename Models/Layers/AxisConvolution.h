#pragma once

// Convolutions along one axis of data whose last axis are the channels. A kernel that extends along
// one axis only is a matrix product over windows, and where the stride equals the kernel the
// windows are the data itself, reshaped: nothing is copied. LibTorch's own convolutions in two and
// three dimensions gather such windows one by one and are several times slower on a CPU.

#include <torch/torch.h>

#include <cstdint>

namespace organum::models
{

struct AxisConvolutionOptions
{
    std::int64_t in = 1;  ///< channels
    std::int64_t out = 1; ///< channels
    std::int64_t kernel = 1;
    std::int64_t stride = 1;
    /** Zeros around the data so that ceil(length / stride) results come out. An odd number of
        zeros has the larger half at the end, as in TensorFlow. */
    bool same = false;
};

/** Conv3d with kernel (k,1,1), (1,k,1) or (1,1,k) for channels-last data. */
class AxisConvolutionImpl : public torch::nn::Module
{
public:
    explicit AxisConvolutionImpl(const AxisConvolutionOptions& optionsIn);

    /** [..., length, in] -> [..., results, out]. Throws std::invalid_argument when the data are
        shorter than the kernel. */
    torch::Tensor forward(const torch::Tensor& x);

    /** The same weights as a Conv1d has them: [out, in, kernel]. */
    torch::Tensor conventionalWeight() const;

    const AxisConvolutionOptions options;
    torch::Tensor weight; ///< [kernel * in, out]
    torch::Tensor bias;   ///< [out]
};
TORCH_MODULE(AxisConvolution);

/** ConvTranspose with a kernel along one axis for channels-last data: with stride = kernel no two
    results overlap; with stride 1 they are added. Other strides are refused. */
class AxisTransposedConvolutionImpl : public torch::nn::Module
{
public:
    /** options.same is not used. Throws std::invalid_argument. */
    explicit AxisTransposedConvolutionImpl(const AxisConvolutionOptions& optionsIn);

    /** [..., length, in] -> [..., (length - 1) * stride + kernel, out]. */
    torch::Tensor forward(const torch::Tensor& x);

    /** The same weights as a ConvTranspose1d has them: [in, out, kernel]. */
    torch::Tensor conventionalWeight() const;

    const AxisConvolutionOptions options;
    torch::Tensor weight; ///< [in, kernel * out]
    torch::Tensor bias;   ///< [out]
};
TORCH_MODULE(AxisTransposedConvolution);

/** Trainable numbers of a module. */
std::int64_t parameterCount(const torch::nn::Module& module);

/** Draws matrices from N(0, deviation), sets biases to 0 and the scales of batch norms to 1: how
   the book starts its adversarial networks. */
void initialiseNormal(torch::nn::Module& module, double deviation = 0.02);

} // namespace organum::models
