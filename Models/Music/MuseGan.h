#pragma once

// MuseGAN (section 7.2, figures 7.14 and 7.15): four voices from ten vectors of noise, judged by a
// critic. Each vector has one musical meaning, because of where it enters:
//
//            changes every bar   differs per voice
//   style           no                  no
//   groove          no                  yes
//   chords          yes                 no
//   melody          yes                 yes
//
// The book's convolutions all have kernels along one axis, so they are computed as matrix products
// (Layers/AxisConvolution.h); the numbers are those of the book's layers.

#include "Models/Layers/AxisConvolution.h"

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace organum::models
{

struct MuseGanConfig
{
    std::int64_t bars = 2;              ///< at least 2
    std::int64_t tracks = 4;            ///< voices
    std::int64_t noise = 32;            ///< numbers in each vector
    std::int64_t generatorWidth = 1024; ///< of its widest layers; a multiple of 4
    std::int64_t criticWidth = 128;     ///< channels of its first layers

    static constexpr std::int64_t steps = 16;   ///< a bar
    static constexpr std::int64_t pitches = 84; ///< pitch index = MIDI note number

    /** Rows of the latent tensor: chords, style, melody of each track, groove of each track. */
    std::int64_t vectors() const { return 2 + 2 * tracks; }
};

/** Throws std::invalid_argument saying which number cannot be. */
void check(const MuseGanConfig& config);

/** One vector of noise -> one vector for each bar. */
class TemporalNetworkImpl : public torch::nn::Module
{
public:
    explicit TemporalNetworkImpl(const MuseGanConfig& config);

    /** [B, noise] -> [B, bars, noise]. */
    torch::Tensor forward(const torch::Tensor& noise);

    AxisTransposedConvolution first{nullptr}, second{nullptr};
    torch::nn::BatchNorm1d firstNorm{nullptr}, secondNorm{nullptr};
};
TORCH_MODULE(TemporalNetwork);

/** Four vectors -> one bar of one track. */
class BarGeneratorImpl : public torch::nn::Module
{
public:
    explicit BarGeneratorImpl(const MuseGanConfig& config);

    /** [N, 4 * noise] -> [N, steps, pitches], each in (-1, 1). */
    torch::Tensor forward(const torch::Tensor& vectors);

    torch::nn::Linear dense{nullptr};
    std::vector<AxisTransposedConvolution> layers; ///< three along steps, two along pitches
    std::vector<torch::nn::BatchNorm1d> norms;     ///< of dense and all layers but the last
};
TORCH_MODULE(BarGenerator);

/** In training mode batch norms use the batch's statistics, in evaluation mode the running ones;
    then every sample depends on its own row alone, and a track's values on that row's chords, style
    and its own melody and groove alone. */
class MuseGanGeneratorImpl : public torch::nn::Module
{
public:
    /** Weights as the book draws them: matrices from N(0, 0.02), biases 0. Throws
        std::invalid_argument. */
    explicit MuseGanGeneratorImpl(const MuseGanConfig& configIn);

    /** Latents [B, 2 + 2 * tracks, noise] in the order of MuseGanConfig::vectors() ->
        [B, bars, steps, pitches, tracks]: above 0 is on, below 0 off. */
    torch::Tensor forward(const torch::Tensor& latents);

    /** One track of forward(): [B, bars, steps, pitches], bit-equal to it. */
    torch::Tensor track(const torch::Tensor& latents, std::int64_t index);

    const MuseGanConfig config;

    TemporalNetwork chords{nullptr};
    std::vector<TemporalNetwork> melodies; ///< one a track
    std::vector<BarGenerator> bars;        ///< one a track

private:
    torch::Tensor track(const torch::Tensor& latents, const torch::Tensor& chordsOfBars,
                        std::int64_t index);
};
TORCH_MODULE(MuseGanGenerator);

/** How real a piece seems: no batch norm, LeakyReLU with Keras' slope of 0.3. */
class MuseGanCriticImpl : public torch::nn::Module
{
public:
    /** Weights as the book draws them. Throws std::invalid_argument. */
    explicit MuseGanCriticImpl(const MuseGanConfig& configIn);

    /** [B, bars, steps, pitches, tracks] -> [B], any number. Can be differentiated twice. */
    torch::Tensor forward(const torch::Tensor& pieces);

    static constexpr double slope = 0.3;
    const MuseGanConfig config;

    /** Two along bars, two along pitches, four along steps. */
    const std::vector<AxisConvolution>& convolutions() const { return layers; }
    torch::nn::Linear dense{nullptr}, last{nullptr};

private:
    std::vector<AxisConvolution> layers;
};
TORCH_MODULE(MuseGanCritic);

} // namespace organum::models
