// `organum evaluate` for adversaries that draw digits.

#include "Training/Image/AdversaryEntry.h"
#include "Training/Image/FrechetDistance.h"
#include "Training/Loop/Progress.h"
#include "Training/Threads.h"

#include <optional>

namespace organum::training
{

Evaluation evaluateAdversaries(models::ImageGanKind kind, const EvaluateOptions& options,
                               const std::filesystem::path& judge, Progress& progress)
{
    setThreads(options.threads);
    auto opened = openGenerator(options.model, kind);
    const auto& config = opened.network->config;
    if (!judge.empty() && (config.channels != 1 || config.size != 28))
        throw std::invalid_argument("A judge of digits knows grey images of 28 x 28 pixels alone; "
                                    "this model draws others.");
    const auto data =
        readDataOf(opened.run, adversaries(kind), options.data, OtherImages::judge, progress);
    const auto& set = sideOf(data, options.split, 2);
    DigitFigures figures;
    figures.share = data.isOther ? data.share : opened.run.share();
    figures.images = set.count();
    std::optional<DigitJudgement> judgement;
    if (!judge.empty()) {
        progress.message("Comparing " + std::to_string(set.count()) +
                         " new digits with real ones.");
        judgement = judgeDigits(judge, opened.draw(set.count(), options.seed), set, data.train);
    }
    if (config.channels != 1 || config.size != 28)
        throw std::invalid_argument("There are no figures to evaluate of images other than grey "
                                    "ones of 28 x 28 pixels; `organum report` compares these with "
                                    "real ones.");
    return digitEvaluation(figures, judgement ? &*judgement : nullptr);
}

} // namespace organum::training
