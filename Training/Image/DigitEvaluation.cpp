// `organum evaluate` for the autoencoders of digits.

#include "Training/Image/AutoencoderEntry.h"
#include "Training/Image/FrechetDistance.h"
#include "Training/Loop/Progress.h"
#include "Training/Threads.h"

#include <optional>

namespace organum::training
{

Evaluation evaluateDigits(const ImageModel& model, bool variational, const EvaluateOptions& options,
                          const std::filesystem::path& judge, Progress& progress)
{
    setThreads(options.threads);
    auto opened =
        openAutoencoder(options.model, model, models::AutoencoderConfig::digits(variational));
    const auto data = readDataOf(opened.run, model, options.data, OtherImages::judge, progress);
    const auto& set = sideOf(data, options.split, 2);
    DigitFigures figures;
    figures.share = data.isOther ? data.share : opened.run.share();
    figures.images = set.count();
    figures.reconstruction = encode(opened.network, set, set.count()).error;
    std::optional<DigitJudgement> judgement;
    if (!judge.empty()) {
        progress.message("Comparing " + std::to_string(set.count()) +
                         " new digits with real ones.");
        judgement = judgeDigits(judge,
                                newDigits(opened, data.isOther ? data.test : data.validation,
                                          set.count(), options.seed),
                                set, data.train);
    }
    return digitEvaluation(figures, judgement ? &*judgement : nullptr);
}

} // namespace organum::training
