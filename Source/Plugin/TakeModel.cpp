#include "Plugin/TakeModel.h"

#include "Plugin/Fingerprint.h"

#include <algorithm>

namespace organum::plugin
{

std::optional<int> modelOf(const Take& take, const ModelEntries& models)
{
    if (take.model.empty())
        return {};
    // The names of a list depend on what else is installed, so each counts that it might have had.
    const auto rank = [&take](const ModelEntry& each) {
        if (each.title == take.model)
            return 3;
        // Asked every few milliseconds while a take plays, so no text is made without need.
        if (take.model.back() == ')' && distinctTitle(each) == take.model)
            return 2;
        return each.name == take.model || each.id == take.model ? 1 : 0;
    };
    const bool isContested =
        std::count_if(models.begin(), models.end(),
                      [&rank](const ModelEntry& each) { return rank(each) > 0; }) > 1;
    std::optional<int> best;
    int bestRank = 0;
    for (std::size_t i = 0; i < models.size(); ++i) {
        int worth = rank(models[i]);
        // Files are read only where names do not tell.
        if (isContested && worth > 0 && take.modelHash != 0 &&
            fingerprintOf(models[i].file) == take.modelHash)
            worth += 4;
        if (worth > bestRank) {
            best = static_cast<int>(i);
            bestRank = worth;
        }
    }
    return best;
}

} // namespace organum::plugin
