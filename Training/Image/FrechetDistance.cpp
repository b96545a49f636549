#include "Training/Image/FrechetDistance.h"

#include "Training/Data/JsonText.h"
#include "Training/Image/ClassifierEntry.h"

#include <cstdio>
#include <stdexcept>

namespace organum::training
{
namespace
{

constexpr std::int64_t chunk = 250;

torch::Tensor covariance(const torch::Tensor& centred)
{
    return centred.t().mm(centred) / static_cast<double>(centred.size(0) - 1);
}

/** The root of a symmetric matrix whose eigenvalues are at least 0 but for rounding. */
torch::Tensor root(const torch::Tensor& matrix)
{
    const auto [values, vectors] = at::linalg_eigh(matrix);
    return vectors.mm(torch::diag(values.clamp_min(0.0).sqrt())).mm(vectors.t());
}

torch::Tensor featuresOf(models::ImageClassifier& network, const torch::Tensor& images)
{
    std::vector<torch::Tensor> parts;
    for (std::int64_t from = 0; from < images.size(0); from += chunk)
        parts.push_back(network->features(images.slice(0, from, from + chunk)));
    return torch::cat(parts);
}

torch::Tensor firstOf(const ImageSet& set, std::int64_t count)
{
    return scaledPixels(set.pixels.slice(0, 0, std::min(count, set.count())), ImageScale::unit);
}

/** What a classifier's run has recorded of its validation images. */
std::optional<double> recordedAccuracy(const ImageRun& run)
{
    const auto metrics = fieldOr(run.provenance, "metrics", nlohmann::json::object());
    const auto ofOthers = fieldOr(metrics, "validation", nlohmann::json::object());
    if (!ofOthers.contains("accuracy"))
        return std::nullopt;
    return fieldOr(ofOthers, "accuracy", 0.0);
}

/** Why the judge's features are not to be relied on; empty: they are. */
std::string doubtOf(const DigitJudgement& judgement)
{
    const std::string cure = " Train a digit-classifier on more images, or for more epochs, to "
                             "judge by.";
    if (!judgement.accuracy)
        return "How often the judge is right is not known, as it held no images out." + cure;
    if (*judgement.accuracy >= leastAccuracy)
        return {};
    char text[160];
    std::snprintf(text, sizeof text,
                  "The judge is right about %.1f %% of %s; below %.0f %% its distances say little.",
                  100.0 * *judgement.accuracy,
                  judgement.accuracyIsRecorded ? "the images it held out" : "these images",
                  100.0 * leastAccuracy);
    return text + cure;
}

} // namespace

double frechetDistance(const torch::Tensor& a, const torch::Tensor& b)
{
    if (a.dim() != 2 || b.dim() != 2 || a.size(0) < 2 || b.size(0) < 2 || a.size(1) != b.size(1))
        throw std::invalid_argument("A Frechet distance needs two sets of at least two rows of "
                                    "equally many features.");
    const auto first = a.to(torch::kFloat64), second = b.to(torch::kFloat64);
    const auto meanA = first.mean(0), meanB = second.mean(0);
    const auto covarianceA = covariance(first - meanA), covarianceB = covariance(second - meanB);
    // The trace of (A B)^(1/2) is that of (A^(1/2) B A^(1/2))^(1/2), which is symmetric.
    const auto rootA = root(covarianceA);
    const auto inner = rootA.mm(covarianceB).mm(rootA);
    const auto common = at::linalg_eigvalsh((inner + inner.t()) / 2.0).clamp_min(0.0).sqrt().sum();
    const auto distance =
        (meanA - meanB).square().sum() + covarianceA.trace() + covarianceB.trace() - 2.0 * common;
    return std::max(0.0, distance.item<double>());
}

DigitJudgement judgeDigits(const std::filesystem::path& judge, const torch::Tensor& generated,
                           const ImageSet& real, const ImageSet& training)
{
    torch::NoGradGuard noGrad;
    auto opened = openClassifier(judge, digitClassifier());
    auto& network = opened.learner->network;
    const auto count = generated.size(0);
    const auto features = featuresOf(network, firstOf(real, count));
    DigitJudgement judgement;
    judgement.distance = frechetDistance(featuresOf(network, generated), features);
    if (training.count() > 1)
        judgement.floor = frechetDistance(featuresOf(network, firstOf(training, count)), features);
    if (real.hasLabels() && real.classNames == opened.run.facts.classNames)
        judgement.accuracy = meanLosses(*opened.learner, real, torch::kCPU)["accuracy"];
    judgement.accuracyIsRecorded = !judgement.accuracy;
    if (!judgement.accuracy)
        judgement.accuracy = recordedAccuracy(opened.run);
    return judgement;
}

namespace
{

std::string digitTable(const DigitFigures& figures, const DigitJudgement* judgement)
{
    char text[240];
    std::string table = "Data: " + figures.share + "\n";
    if (figures.reconstruction >= 0.0) {
        std::snprintf(text, sizeof text, "%-34s %10.4f   mean squared error of a pixel\n",
                      "reconstruction", figures.reconstruction);
        table += text;
    }
    if (judgement == nullptr)
        return table + "Give --judge RUN (of digit-classifier) for the Frechet distance.\n";
    std::snprintf(text, sizeof text,
                  "%-34s %10.2f   to %lld real images, in the judge's features\n",
                  "Frechet distance of new digits", judgement->distance,
                  static_cast<long long>(figures.images));
    table += text;
    if (judgement->floor) {
        std::snprintf(text, sizeof text, "%-34s %10.2f   what real digits of another set have\n",
                      "the same of training images", *judgement->floor);
        table += text;
    }
    if (judgement->accuracy) {
        std::snprintf(text, sizeof text, "%-34s %10.4f   on %s\n", "the judge's accuracy",
                      *judgement->accuracy,
                      judgement->accuracyIsRecorded ? "images it held out when it learnt"
                                                    : "these images");
        table += text;
    }
    return table;
}

std::string digitJson(const DigitFigures& figures, const DigitJudgement* judgement,
                      const std::vector<std::string>& warnings)
{
    nlohmann::ordered_json json = {{"share", figures.share}};
    if (figures.reconstruction >= 0.0)
        json["reconstruction_error"] = figures.reconstruction;
    if (judgement != nullptr) {
        json["frechet_distance"] = judgement->distance;
        if (judgement->floor)
            json["frechet_floor"] = *judgement->floor;
        json["judge_accuracy"] =
            judgement->accuracy ? nlohmann::ordered_json(*judgement->accuracy) : nullptr;
        json["images"] = figures.images;
    }
    json["warnings"] = warnings;
    return json.dump(2);
}

} // namespace

Evaluation digitEvaluation(const DigitFigures& figures, const DigitJudgement* judgement)
{
    std::vector<std::string> warnings;
    if (judgement != nullptr)
        if (const auto doubt = doubtOf(*judgement); !doubt.empty())
            warnings.push_back(doubt);
    return {digitTable(figures, judgement), digitJson(figures, judgement, warnings), warnings};
}

} // namespace organum::training
