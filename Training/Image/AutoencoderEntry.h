#pragma once

// The book's three autoencoders as image models: digit-autoencoder (3.1), digit-vae (3.2) and
// face-vae (3.3).

#include "Training/Image/AutoencoderLearner.h"
#include "Training/Image/ImageRun.h"

namespace organum::training
{

ImageModel digitAutoencoder();
ImageModel digitVae();
ImageModel faceVae();

/** The objective of any of them; `weight`: of the reconstruction. Tells the number of parameters.
 */
std::unique_ptr<Objective> autoencoderObjective(const ImageTraining& training,
                                                const models::AutoencoderConfig& config,
                                                double weight);

/** A trained autoencoder in evaluation mode. */
struct OpenedAutoencoder
{
    ImageRun run;
    models::Autoencoder network{nullptr};
};

/** Throws as openImageRun() does. */
OpenedAutoencoder openAutoencoder(const std::filesystem::path& runOrBundle, const ImageModel& model,
                                  const models::AutoencoderConfig& config);

/** Codes of images [N, latent], and the mean squared error of a pixel over them. */
struct Encoded
{
    torch::Tensor codes;  ///< means; [N, latent]
    torch::Tensor images; ///< their reconstructions [N, C, H, W]
    double error = 0.0;
};
Encoded encode(models::Autoencoder& network, const ImageSet& set, std::int64_t most);

/** Mean squared error over a split and, with a judge, the Frechet distance of new digits. */
Evaluation evaluateDigits(const ImageModel& model, bool variational, const EvaluateOptions& options,
                          const std::filesystem::path& judge, Progress& progress);

/** The report on one with a code of two numbers (digits). */
std::vector<std::filesystem::path> reportDigits(const ImageModel& model, bool variational,
                                                const ReportOptions& options, Progress& progress);

/** New images [count, 1, 28, 28]. A variational one decodes standard normal noise; a plain one
   decodes places drawn evenly from the box that holds the codes of held-out images. */
torch::Tensor newDigits(OpenedAutoencoder& opened, const ImageSet& known, std::int64_t count,
                        std::uint64_t seed);

} // namespace organum::training
