#pragma once

// Autoencoders as objectives (chapter 3). Log of a plain one: loss = reconstruction, the mean
// squared difference of a pixel. Of a variational one: loss = reconstruction_weight *
// reconstruction + divergence; both logged by themselves.

#include "Models/Image/ConvolutionalAutoencoder.h"
#include "Training/Image/ImageObjective.h"

namespace organum::training
{

class AutoencoderLearner : public ImageLearner
{
public:
    /** `weight`: of the reconstruction beside the divergence; a plain autoencoder ignores it. */
    AutoencoderLearner(const models::AutoencoderConfig& config, double weightIn)
        : network(config)
        , weight(weightIn)
    {
    }

    torch::nn::Module& module() override { return *network; }
    ImageLosses losses(const ImageBatch& batch) override;
    /** Eight images above their reconstructions, twice. */
    torch::Tensor sheet(const ImageBatch& heldOut) override;

    models::Autoencoder network;

private:
    const double weight;
};

/** Rows of `columns` images, each above its partner. Both [N, C, H, W]. */
torch::Tensor interleavedRows(const torch::Tensor& above, const torch::Tensor& below,
                              std::int64_t columns);

} // namespace organum::training
