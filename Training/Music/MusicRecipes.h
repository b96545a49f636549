#pragma once

// The recipes by which a composer is trained: what each is, its settings, and how it becomes an
// objective. A network of one's own joins here.

#include "Training/Loop/Loop.h"
#include "Training/Music/LaneObjective.h"
#include "Training/Music/MusicData.h"
#include "Training/Music/RunRecord.h"
#include "Training/Recipe.h"

#include <memory>

namespace organum::training
{

struct MusicRecipe : Recipe
{
    bool trainsOnWindows = false; ///< judged by windows too, as the book does
    /** Makes network and objective on the device; the references outlive the objective. */
    std::unique_ptr<Objective> (*make)(const MusicData& data, const Settings& settings,
                                       std::uint64_t seed, torch::Device device,
                                       const BundleWriter& writer) = nullptr;
};

/** The first is the default. Every recipe has the setting "patience" too. */
const std::vector<MusicRecipe>& musicRecipes();

/** Settings of every recipe that reads lanes, and what they say. */
std::vector<Setting> laneSettings();
LaneRecipe laneRecipe(const Settings& settings);

} // namespace organum::training
