#include "Training/Registry.h"

#include "Training/Run/RunFolder.h"

#include <stdexcept>

namespace organum::training
{

const std::vector<Entry>& registry()
{
    static const std::vector<Entry> entries = {attentionLstmEntry(), museGanEntry()};
    return entries;
}

const Entry& findEntry(const std::string& name)
{
    std::string known;
    for (const auto& entry : registry()) {
        if (entry.listed.name == name)
            return entry;
        known += (known.empty() ? "" : ", ") + entry.listed.name;
    }
    throw std::invalid_argument("There is no model \"" + name +
                                "\" to train. Known models: " + known + ".");
}

std::vector<ListedModel> list()
{
    std::vector<ListedModel> all;
    for (const auto& entry : registry())
        all.push_back(entry.listed);
    return all;
}

TrainResult train(const TrainOptions& options, Progress& progress)
{
    auto chosen = options;
    if (options.resume) // the run knows what it trains
        chosen.what = readRunConfig(options).what;
    return findEntry(chosen.what).train(chosen, progress);
}

} // namespace organum::training
