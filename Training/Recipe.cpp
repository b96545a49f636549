#include "Training/Recipe.h"

#include <algorithm>

namespace organum::training
{

Settings chosenSettings(const Recipe& recipe, const TrainOptions& options)
{
    Settings settings(recipe.settings);
    for (const auto& [name, value] : options.settings)
        settings.set(name, value);
    if (options.epochs != 0)
        settings.set("epochs", std::to_string(options.epochs));
    settings.integer("epochs", 1);
    return settings;
}

void describeRecipe(const Recipe& recipe, ListedModel& listed)
{
    const auto isDefault = listed.recipes.empty();
    listed.recipes.emplace_back(recipe.name, (isDefault ? "(default) " : "") + recipe.meaning);
    for (const auto& setting : recipe.settings) {
        const auto values = " [" + recipe.name + ": " + setting.value + "]";
        const auto known = std::find_if(listed.settings.begin(), listed.settings.end(),
                                        [&](const auto& s) { return s.name == setting.name; });
        if (known == listed.settings.end())
            listed.settings.push_back({setting.name, setting.meaning + values});
        else
            known->meaning += values;
    }
}

std::vector<Setting> joined(std::vector<Setting> first, const std::vector<Setting>& second)
{
    for (const auto& setting : second)
        if (std::none_of(first.begin(), first.end(),
                         [&](const auto& s) { return s.name == setting.name; }))
            first.push_back(setting);
    return first;
}

} // namespace organum::training
