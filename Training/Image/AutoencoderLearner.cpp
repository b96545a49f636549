#include "Training/Image/AutoencoderLearner.h"

namespace organum::training
{

ImageLosses AutoencoderLearner::losses(const ImageBatch& batch)
{
    const auto code = network->encoder->forward(batch.pixels);
    const auto isTraining = network->is_training();
    const auto images = network->decoder->forward(isTraining ? code.sample() : code.mean);
    const auto reconstruction = (images - batch.pixels).square().mean();
    if (!network->config.variational)
        return {reconstruction, {}};
    const auto divergence = models::divergenceFromNormal(code);
    return {weight * reconstruction + divergence,
            {{"reconstruction", reconstruction}, {"divergence", divergence}}};
}

torch::Tensor AutoencoderLearner::sheet(const ImageBatch& heldOut)
{
    const auto images = network->decoder->forward(network->encoder->forward(heldOut.pixels).mean);
    return interleavedRows(heldOut.pixels, images, 8);
}

torch::Tensor interleavedRows(const torch::Tensor& above, const torch::Tensor& below,
                              std::int64_t columns)
{
    std::vector<torch::Tensor> rows;
    for (std::int64_t from = 0; from + columns <= above.size(0); from += columns) {
        rows.push_back(above.slice(0, from, from + columns));
        rows.push_back(below.slice(0, from, from + columns));
    }
    return rows.empty() ? torch::cat({above, below}) : torch::cat(rows);
}

} // namespace organum::training
