#include "Models/Layers/LeakyRelu.h"
#include "Models/Music/MuseGan.h"

#include <string>

namespace organum::models
{

MuseGanCriticImpl::MuseGanCriticImpl(const MuseGanConfig& configIn)
    : config(configIn)
{
    check(config);
    const auto width = config.criticWidth;
    const AxisConvolutionOptions shapes[] = {
        {config.tracks, width, 2},      {width, width, config.bars - 1},
        {width, width, 12, 12, true},   {width, width, 7, 7, true},
        {width, width, 2, 2, true},     {width, width, 2, 2, true},
        {width, 2 * width, 4, 2, true}, {2 * width, 4 * width, 3, 2, true}};
    for (const auto& shape : shapes)
        layers.push_back(
            register_module("layer" + std::to_string(layers.size() + 1), AxisConvolution(shape)));
    dense = register_module("dense", torch::nn::Linear(4 * width, 8 * width));
    last = register_module("last", torch::nn::Linear(8 * width, 1));
    initialiseNormal(*this);
}

torch::Tensor MuseGanCriticImpl::forward(const torch::Tensor& pieces)
{
    const auto next = [this](std::size_t layer, const torch::Tensor& x) {
        return leakyRelu(layers[layer]->forward(x), slope);
    };
    // Bars inmost, so that their kernel is a matrix product; then one axis after another is left.
    auto x = pieces.permute({0, 2, 3, 1, 4}); // [B, steps, pitches, bars, tracks]
    x = next(1, next(0, x)).squeeze(3);       // [B, steps, pitches, width]
    x = next(3, next(2, x)).squeeze(2);       // [B, steps, width]
    for (std::size_t layer = 4; layer < layers.size(); ++layer)
        x = next(layer, x); // at last [B, 1, 4 * width]
    x = leakyRelu(dense->forward(x.flatten(1)), slope);
    return last->forward(x).squeeze(1);
}

} // namespace organum::models
