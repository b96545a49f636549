#pragma once

// What `organum metrics` measures: files, folders, chorales and what a model composes, all read
// into sets of pieces on a grid of sixteenths.

#include "Analysis/Piece.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace organum::commandline
{

struct MetricSet
{
    std::string name;
    std::string onsets; ///< how it is known where notes begin, for people
    analysis::Pieces pieces;
    std::vector<std::string> warnings; ///< what was moved or left out, a sentence each
    double ownChoiceShare = -1;        ///< of a model with voices, 0..1; else below 0
};

struct SetOptions
{
    std::string split = "test";            ///< of chorales: train, valid or test
    std::optional<score::Joining> joining; ///< nothing: as played where that is known
    bool oneVoice = false;                 ///< of each step only the highest note
    int pieces = 60;                       ///< a model composes
    int bars = 16;
    std::uint64_t seed = 1;
    double ruleStrength = -1;        ///< below 0: the engine's default
    std::vector<std::string> macros; ///< NAME=VALUE, of a model with voices
    /** Called between pieces; what it throws ends the work. */
    std::function<void()> pulse = [] {};
};

/** One set for each folder of MIDI files, each file of chorales (.json) and each model (a name, a
    bundle or a run folder), in the order given; all single MIDI files together are one set, at the
    place of the first. Every set has a piece. Throws Failure that names the file and the reason; in
    a folder, unreadable files are warnings as long as one can be read. */
std::vector<MetricSet> readSets(const std::vector<std::string>& inputs, const SetOptions& options);

} // namespace organum::commandline
