#pragma once

// evaluate() with a judge: generated images have no right answers to compare them with, so another
// trained model says how far they are from real ones.

#include "Training/Training.h"

namespace organum::training
{

/** As evaluate(). `judge` is a run of digit-classifier (or its bundle), in whose features generated
    digits are compared with real ones; empty: figures that need one are left out. Throws
    OptionError for models that draw no digits. */
Evaluation evaluateJudged(const EvaluateOptions& options, const std::filesystem::path& judge,
                          Progress& progress);

} // namespace organum::training
