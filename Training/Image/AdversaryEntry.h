#pragma once

// The book's three pairs of adversaries as image models: sketch-gan (4.1), image-wgan (4.3) and
// image-wgan-gp (4.4).

#include "Models/Image/ImageGan.h"
#include "Training/Image/ImageRun.h"

namespace organum::training
{

ImageModel sketchGan();
ImageModel imageWgan();
ImageModel imageWganGp();

/** One of the three by its kind. */
ImageModel adversaries(models::ImageGanKind kind);

/** The networks that settings and images ask for. Throws std::invalid_argument. */
models::ImageGanConfig adversaryConfig(models::ImageGanKind kind, const Settings& settings,
                                       std::int64_t channels);

/** A trained generator in evaluation mode. */
struct OpenedGenerator
{
    ImageRun run;
    models::ImageGanGenerator network{nullptr};

    /** New images [count, C, H, W] in 0..1. */
    torch::Tensor draw(std::int64_t count, std::uint64_t seed);
    /** The same from a given noise [count, numbers]. */
    torch::Tensor drawn(const torch::Tensor& noise);
};

/** Throws as openImageRun() does. */
OpenedGenerator openGenerator(const std::filesystem::path& runOrBundle, models::ImageGanKind kind);

/** Real images, new ones, how they came to be, curves, nearest training images. */
std::vector<std::filesystem::path>
reportAdversaries(models::ImageGanKind kind, const ReportOptions& options, Progress& progress);

/** For digits, with a judge: the Frechet distance of new ones to as many of the split. */
Evaluation evaluateAdversaries(models::ImageGanKind kind, const EvaluateOptions& options,
                               const std::filesystem::path& judge, Progress& progress);

} // namespace organum::training
