#pragma once

// How far generated images are from real ones: the Frechet distance between two normal
// distributions fitted to features of a classifier (Heusel et al. 2017, with our own classifier of
// digits in the place of Inception; figures are comparable among models judged by the same one).

#include "Training/Image/ImageSet.h"
#include "Training/Training.h"

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
    double distance = 0.0;       ///< generated to real
    std::optional<double> floor; ///< training images to the same real ones, where there are some
    /** Of the judge: on the real ones where they are labelled, else as its run recorded it of the
        images it held out. Nothing where it held none out. */
    std::optional<double> accuracy;
    bool accuracyIsRecorded = false;
};

/** Below it a judge's features say little of digits: they come from one that confuses them. */
constexpr double leastAccuracy = 0.95;

/** Judges generated digits [N, 1, 28, 28], 0..1, beside as many real ones of `real`; `training`
    gives the floor. `judge` is a run of digit-classifier, or its bundle. */
DigitJudgement judgeDigits(const std::filesystem::path& judge, const torch::Tensor& generated,
                           const ImageSet& real, const ImageSet& training);

/** What `organum evaluate` prints for generated digits. */
struct DigitFigures
{
    std::string share;            ///< of the data learnt from
    double reconstruction = -1.0; ///< mean squared error of a pixel; below 0: it rebuilds nothing
    std::int64_t images = 0;      ///< real ones compared with
};
Evaluation digitEvaluation(const DigitFigures& figures, const DigitJudgement* judgement);

} // namespace organum::training
