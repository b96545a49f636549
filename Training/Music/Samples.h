#pragma once

// Short pieces composed while training goes on, so that one can hear a network grow (figure 7.8).

#include "Engine/Model.h"
#include "Engine/Request.h"
#include "Engine/StepModel.h"
#include "Score/Score.h"

#include <filesystem>
#include <memory>
#include <string>

namespace organum::training
{

/** Whether a sample is kept after this epoch, counted from 1: 1, 2, 5, 10, 20, 50, ... */
bool isSampleEpoch(std::int64_t epoch);

/** Composes eight bars and writes them as a MIDI file, atomically. */
void writeSample(const std::filesystem::path& file, std::shared_ptr<const engine::StepModel> model,
                 engine::Sampler sampler, const engine::Metre& metre, std::uint64_t seed,
                 const std::string& title);

/** A take as a score with one part. */
score::Score scoreOf(const engine::Take& take, const engine::Metre& metre,
                     const std::string& title);

/** Composes eight bars of voices with the model's own choices alone and writes them into the folder
    as epoch-NNNN.mid and, where pictures can be drawn, epoch-NNNN.png. */
void writeVoiceSample(const std::filesystem::path& folder, const engine::Model& model,
                      std::uint64_t seed, std::int64_t epoch, int program);

/** A take of several voices as a score with a part for each, at the book's 66 quarters a minute. */
score::Score scoreOfVoices(const engine::Take& take, int program, const std::string& title);

/** "3/4" and back; anything else is 4/4. */
std::string metreText(const engine::Metre& metre);
engine::Metre metreOf(const std::string& text);

} // namespace organum::training
