#pragma once

// How far generated images are from real ones: the Frechet distance between two normal
// distributions fitted to features of a classifier (Heusel et al. 2017, with our own classifier of
// digits in the place of Inception; figures are comparable among models judged by the same one).

#include "Training/Image/ImageSet.h"

#include <filesystem>
#include <optional>
#include <string>

namespace organum::training
{

/** |mean a - mean b|^2 + trace(A + B - 2 (A B)^(1/2)) for features [N, F] and [M, F]; at least two
    rows each. 0 for the same features. Throws std::invalid_argument. */
double frechetDistance(const torch::Tensor& a, const torch::Tensor& b);

struct DigitJudgement
{
    double distance = 0.0;          ///< generated to real
    std::optional<double> floor;    ///< training images to the same real ones, where there are some
    std::optional<double> accuracy; ///< of the judge on the real ones, where they are labelled
};

/** Judges generated digits [N, 1, 28, 28], 0..1, beside as many real ones of `real`; `training`
    gives the floor. `judge` is a run of digit-classifier, or its bundle. */
DigitJudgement judgeDigits(const std::filesystem::path& judge, const torch::Tensor& generated,
                           const ImageSet& real, const ImageSet& training);

/** The rows that `organum evaluate` prints for generated digits, and their JSON. `more` goes before
    them; `reconstruction` below 0: the model rebuilds nothing. */
struct DigitFigures
{
    std::string share;            ///< of the data learnt from
    double reconstruction = -1.0; ///< mean squared error of a pixel
    std::int64_t images = 0;      ///< real ones compared with
};
std::string digitTable(const DigitFigures& figures, const DigitJudgement* judgement);
std::string digitJson(const DigitFigures& figures, const DigitJudgement* judgement);

} // namespace organum::training
