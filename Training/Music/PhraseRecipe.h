#pragma once

// The default recipe: the phrase-attention LSTM on whole pieces in all keys.

#include "Training/Music/MusicRecipes.h"

namespace organum::training
{

MusicRecipe phraseRecipe();

} // namespace organum::training
