#pragma once

// Ways to train one thing: the book's, and better ones. An entry of the registry has some; each has
// a name, settings, and what else the entry needs to make an objective of it (in a derived struct).

#include "Training/Settings.h"
#include "Training/Training.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace organum::training
{

struct Recipe
{
    std::string name;
    std::string meaning;           ///< one sentence
    std::vector<Setting> settings; ///< always "epochs"
};

/** The recipe's settings with the options' --set and --epochs. Throws std::invalid_argument. */
Settings chosenSettings(const Recipe& recipe, const TrainOptions& options);

/** Adds a recipe's name and settings to what `organum list` says. The first one added is the
    default; a setting of several recipes is told once, with its value in each. */
void describeRecipe(const Recipe& recipe, ListedModel& listed);

/** First of the settings wins where both have a name; the others keep their order. */
std::vector<Setting> joined(std::vector<Setting> first, const std::vector<Setting>& second);

/** By name, or the first for "default". Throws std::invalid_argument that names the known ones. */
template <typename AnyRecipe>
const AnyRecipe& findRecipe(const std::vector<AnyRecipe>& recipes, const std::string& name)
{
    std::string known;
    for (const auto& recipe : recipes) {
        if (recipe.name == name || (name == "default" && &recipe == &recipes.front()))
            return recipe;
        known += ", " + recipe.name;
    }
    throw OptionError("There is no recipe \"" + name + "\". Known recipes: default" + known + ".");
}

} // namespace organum::training
