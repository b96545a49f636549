#include "Models/Image/ImageClassifier.h"

#include <stdexcept>

namespace organum::models
{
namespace
{

constexpr double slope = 0.3; ///< of Keras' LeakyReLU

torch::nn::LeakyReLU leaky()
{
    return torch::nn::LeakyReLU(torch::nn::LeakyReLUOptions().negative_slope(slope));
}

} // namespace

ClassifierConfig ClassifierConfig::mlp()
{
    ClassifierConfig config;
    config.units = {200, 150};
    return config;
}

ClassifierConfig ClassifierConfig::cnn()
{
    ClassifierConfig config;
    config.convolutions = {{32, 1}, {32, 2}, {64, 1}, {64, 2}};
    config.units = {128};
    config.batchNorm = true;
    config.dropout = 0.5;
    return config;
}

ImageClassifierImpl::ImageClassifierImpl(const ClassifierConfig& configIn)
    : config(configIn)
{
    if (config.channels < 1 || config.height < 1 || config.width < 1 || config.classes < 2)
        throw std::invalid_argument("A classifier needs images and at least two classes.");
    auto channels = config.channels, height = config.height, width = config.width;
    for (const auto& layer : config.convolutions) {
        stack->push_back(
            SameConvolution(SameConvolutionOptions{channels, layer.filters, 3, layer.stride}));
        stack->push_back(kerasBatchNorm2d(layer.filters));
        stack->push_back(leaky());
        channels = layer.filters;
        height = (height + layer.stride - 1) / layer.stride;
        width = (width + layer.stride - 1) / layer.stride;
    }
    stack->push_back(torch::nn::Flatten());
    auto inputs = channels * height * width;
    for (const auto units : config.units) {
        stack->push_back(kerasDense(inputs, units));
        if (config.batchNorm) {
            stack->push_back(kerasBatchNorm1d(units));
            stack->push_back(leaky());
        } else {
            stack->push_back(torch::nn::ReLU());
        }
        if (config.dropout > 0.0)
            stack->push_back(torch::nn::Dropout(config.dropout));
        inputs = units;
    }
    register_module("stack", stack);
    last = register_module("last", kerasDense(inputs, config.classes));
}

torch::Tensor ImageClassifierImpl::features(const torch::Tensor& images)
{
    return stack->forward(images);
}

torch::Tensor ImageClassifierImpl::forward(const torch::Tensor& images)
{
    return last->forward(features(images));
}

torch::Tensor filtered(const torch::Tensor& image, const torch::Tensor& kernel, std::int64_t stride)
{
    SameConvolution layer(SameConvolutionOptions{1, 1, kernel.size(0), stride});
    torch::NoGradGuard noGrad;
    layer->weight.copy_(kernel.view({1, 1, kernel.size(0), kernel.size(1)}));
    return layer->forward(image.view({1, 1, image.size(0), image.size(1)}))[0][0];
}

torch::Tensor horizontalEdges()
{
    return torch::tensor({{1.0f, 1.0f, 1.0f}, {0.0f, 0.0f, 0.0f}, {-1.0f, -1.0f, -1.0f}});
}

torch::Tensor verticalEdges()
{
    return torch::tensor({{-1.0f, 0.0f, 1.0f}, {-1.0f, 0.0f, 1.0f}, {-1.0f, 0.0f, 1.0f}});
}

} // namespace organum::models
