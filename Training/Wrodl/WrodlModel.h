#pragma once

// Runs and bundles of the models of planet Wrodl: what is written when one is fitted, and reading
// it back.

#include "Bundle/Bundle.h"
#include "Training/Training.h"
#include "Training/Wrodl/PixelModel.h"
#include "Training/Wrodl/StyleModels.h"

#include <filesystem>
#include <optional>

namespace organum::training
{

constexpr auto histogramName = "wrodl-histogram";
constexpr auto naiveBayesName = "wrodl-naive-bayes";
constexpr auto pixelName = "planet-pixel";

/** One of the three; the others are empty. */
struct WrodlModel
{
    std::string name; ///< as the run was called
    std::optional<StyleHistogram> histogram;
    std::optional<NaiveBayesStyles> bayes;
    std::optional<PixelModel> pixels;
    Palette palette{}; ///< of pixels
};

/** Tensors, kind and config; provenance is the caller's. */
bundle::Bundle bundleOf(const WrodlModel& model);

/** From a run folder or a bundle. Throws std::runtime_error that names the file and what is wrong;
    counts that cannot be are refused. */
WrodlModel readWrodlModel(const std::filesystem::path& runOrBundle);

} // namespace organum::training
