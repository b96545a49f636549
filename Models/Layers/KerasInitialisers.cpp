#include "Models/Layers/KerasInitialisers.h"

namespace organum::models
{

void initialiseLikeKeras(torch::nn::Linear& layer)
{
    torch::NoGradGuard noGrad;
    torch::nn::init::xavier_uniform_(layer->weight);
    if (layer->options.bias())
        layer->bias.zero_();
}

void initialiseLikeKeras(torch::nn::Embedding& layer)
{
    torch::NoGradGuard noGrad;
    layer->weight.uniform_(-0.05, 0.05);
}

void initialiseLikeKeras(torch::nn::LSTM& layer)
{
    torch::NoGradGuard noGrad;
    const auto units = layer->options.hidden_size();
    for (auto& item : layer->named_parameters()) {
        auto& name = item.key();
        auto& value = item.value();
        if (name.rfind("weight_ih", 0) == 0) {
            torch::nn::init::xavier_uniform_(value);
        } else if (name.rfind("weight_hh", 0) == 0) {
            torch::nn::init::orthogonal_(value);
        } else if (name.rfind("bias_ih", 0) == 0) {
            value.zero_();
            // LibTorch orders the gates input, forget, cell, output.
            value.slice(0, units, 2 * units).fill_(1.0);
        } else if (name.rfind("bias_hh", 0) == 0) {
            value.zero_();
            value.requires_grad_(false);
        }
    }
}

} // namespace organum::models
