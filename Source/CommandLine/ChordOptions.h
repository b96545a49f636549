#pragma once

// Which harmony the user of `organum generate` wishes for, and how well the music keeps to it.

#include "CommandLine/Composer.h"
#include "Score/ChordProgression.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace organum::commandline
{

struct ChordOptions
{
    std::string text;
    std::filesystem::path from;
    double strength = 0.5;
};

/** Adds the options, in a group of their own. */
void addChordOptions(CLI::App& command, ChordOptions& options);

/** The progression asked for; numerals are read in `key`. Empty when none was. Throws UsageError
    that names the option, and Failure for a file without chords. */
score::ChordProgression progressionFrom(const ChordOptions& options, const score::ChordKey& key);

/** Over the new music, into what is given to the engine. */
void fillChords(const score::ChordProgression& progression, double strength, int bars,
                const score::MetreChange& metre, organum_request& request, GivenMusic& given);

/** Share of sounding time on chord tones, in percent; nothing when no note sounds on a chord. */
std::optional<double> conformityPercent(const Take& take,
                                        const score::ChordProgression& progression, int bars,
                                        const score::MetreChange& metre);

} // namespace organum::commandline
