#pragma once

// The list of everything that can be trained. A new model is one file that defines its entry and
// one line in Registry.cpp.

#include "Training/Training.h"

#include <functional>

namespace organum::training
{

/** One registry entry: what list() says about it and what train(), report(), sample() and
    evaluate() call. */
struct Entry
{
    ListedModel listed;
    std::function<TrainResult(const TrainOptions&, Progress&)> train;
    /** These may be empty. Composers' reports and evaluations are those of report() itself. */
    std::function<std::vector<std::filesystem::path>(const ReportOptions&, Progress&)> report;
    std::function<void(const SampleOptions&, Progress&)> sample;
    /** With the judge of evaluateJudged(). */
    std::function<Evaluation(const EvaluateOptions&, const std::filesystem::path&, Progress&)>
        evaluate;
};

/** Entries in the order of the book. */
const std::vector<Entry>& registry();

/** Throws std::invalid_argument that names the known entries. */
const Entry& findEntry(const std::string& name);

/** The entry that made a run or a bundle, as that says itself; nullptr when it does not. */
const Entry* entryThatMade(const std::filesystem::path& runOrBundle);

/** Entries, each defined in its own file. */
Entry wrodlHistogramEntry();
Entry wrodlNaiveBayesEntry();
Entry planetPixelEntry();
Entry cifarMlpEntry();
Entry cifarCnnEntry();
Entry digitClassifierEntry();
Entry digitAutoencoderEntry();
Entry digitVaeEntry();
Entry faceVaeEntry();
Entry sketchGanEntry();
Entry imageWganEntry();
Entry imageWganGpEntry();
Entry attentionLstmEntry();
Entry museGanEntry();

} // namespace organum::training
