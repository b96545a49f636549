#pragma once

// Scores with the very code that plays: a model's step by step distributions, as the sampler sees
// them before temperature and masks.

#include "Engine/StepModel.h"
#include "Training/Data/MusicFolder.h"
#include "Training/Evaluation/Scores.h"

namespace organum::training
{

/** Each element of the piece given all before it (`stream`), or the window (`window`). The second
    stream of an element is scored given the right id of the first, and so are its accuracies. */
std::vector<ElementScore> scorePiece(const engine::StepModel& model, engine::Sampler sampler,
                                     const Piece& piece);

} // namespace organum::training
