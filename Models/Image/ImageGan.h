#pragma once

// The three pairs of adversaries of chapter 4: a generator that draws an image from a vector of
// noise, and a critic that says how real an image seems. They differ in sizes, normalisation and
// in how the generator doubles its image; their layers are told once, by generatorLayers() and
// criticLayers(). All kernels are 5 x 5 and begin as the book's, from N(0, 0.02).

#include "Models/Layers/DoublingConvolution.h"
#include "Models/Layers/KerasConvolution.h"

#include <torch/torch.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace organum::models
{

enum class ImageGanKind
{
    sketchGan, ///< section 4.1: ReLU, dropout in the critic
    wgan,      ///< section 4.3
    wganGp     ///< section 4.4: four doublings
};

struct ImageGanConfig
{
    ImageGanKind kind = ImageGanKind::sketchGan;
    std::int64_t channels = 1;        ///< 1 grey, 3 colours
    std::int64_t size = 28;           ///< of a side; what the doublings give beyond it is cut off
    std::int64_t noise = 100;         ///< numbers in a vector of noise
    std::int64_t generatorWidth = 64; ///< channels of its narrowest layer
    std::int64_t criticWidth = 64;    ///< channels of its first layer
    double dropout = 0.4;             ///< of the critic; sketchGan alone
    Doubling doubling = Doubling::upsampled;

    /** The book's sizes; images have `channels`. */
    static ImageGanConfig book(ImageGanKind kind, std::int64_t channels);
};

/** Throws std::invalid_argument saying which number cannot be. */
void check(const ImageGanConfig& config);

struct GeneratorLayer
{
    std::int64_t out = 1; ///< channels
    std::optional<Doubling> doubling;
};

struct CriticLayer
{
    std::int64_t out = 1; ///< channels
    std::int64_t stride = 1;
};

/** After the dense layer; the last one gives the image. */
std::vector<GeneratorLayer> generatorLayers(const ImageGanConfig& config);
/** Before the dense layer. */
std::vector<CriticLayer> criticLayers(const ImageGanConfig& config);

/** In training mode batch norms use the batch's statistics, in evaluation mode the running ones;
    then every image depends on its own noise alone. */
class ImageGanGeneratorImpl : public torch::nn::Module
{
public:
    /** Throws std::invalid_argument. */
    explicit ImageGanGeneratorImpl(const ImageGanConfig& configIn);

    /** [B, noise] -> [B, channels, size, size] in (-1, 1). */
    torch::Tensor forward(const torch::Tensor& noise);

    const ImageGanConfig config;

private:
    torch::Tensor activated(const torch::Tensor& x) const;

    std::int64_t firstChannels = 1, firstSize = 1;
    torch::nn::Linear dense{nullptr};
    torch::nn::BatchNorm1d denseNorm{nullptr};
    std::vector<torch::nn::AnyModule> layers;
    std::vector<torch::nn::BatchNorm2d> norms; ///< of all layers but the last
};
TORCH_MODULE(ImageGanGenerator);

/** No batch norm: it would make each image's score depend on the others' (section 4.4). */
class ImageGanCriticImpl : public torch::nn::Module
{
public:
    /** Throws std::invalid_argument. */
    explicit ImageGanCriticImpl(const ImageGanConfig& configIn);

    /** [B, channels, size, size] -> [B], any number: for the sketch GAN what goes into the sigmoid.
        Dropout is on in training mode. Can be differentiated twice. */
    torch::Tensor forward(const torch::Tensor& images);

    const ImageGanConfig config;

private:
    std::vector<SameConvolution> layers;
    torch::nn::Linear dense{nullptr};
};
TORCH_MODULE(ImageGanCritic);

} // namespace organum::models
