#pragma once

// Starting weights as Keras 2.2 draws them. The book's figures were made with these; LibTorch's own
// defaults differ in every layer, so the book's recipes set them explicitly.

#include <torch/torch.h>

namespace organum::models
{

/** Kernel Glorot-uniform, bias 0. */
void initialiseLikeKeras(torch::nn::Linear& layer);

/** Uniform in [-0.05, 0.05]. */
void initialiseLikeKeras(torch::nn::Embedding& layer);

/** Kernels Glorot-uniform over all four gates together, recurrent kernels orthogonal, bias 0 but
    1 at the forget gate. Keras has one bias where LibTorch has two that are added: the second one
    is set to 0 and frozen, or biases would learn twice as fast. */
void initialiseLikeKeras(torch::nn::LSTM& layer);

} // namespace organum::models
