#pragma once

// Pictures of why a take is as it is: the chance of every pitch at every step, and which earlier
// elements the network looked at (figures 7.9 and 7.10 of the book, for generated music).

#include "CommandLine/Composer.h"
#include "CommandLine/ModelDescription.h"
#include "CommandLine/OutputSet.h"

#include <filesystem>
#include <string>

namespace organum::commandline
{

/** Stages BASE-probabilities.png and BASE-attention.png, the second only when the model has
    attention; of a model with voices BASE-activation.png instead: what each voice was about to
    sing. Throws Failure in a build without pictures. */
void stageExplanations(OutputSet& outputs, const Take& take, const std::filesystem::path& base,
                       const std::string& title, const ModelDescription& model);

} // namespace organum::commandline
