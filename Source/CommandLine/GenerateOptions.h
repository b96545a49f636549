#pragma once

// What the user of `organum generate` may ask for, and how it becomes a request to the engine.

#include "CommandLine/ChordOptions.h"
#include "CommandLine/Composer.h"
#include "CommandLine/ModelDescription.h"
#include "CommandLine/VoiceOptions.h"
#include "Score/Score.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace organum::commandline
{

struct GenerateOptions
{
    std::string model;
    std::string preset; ///< name or file; empty: none
    int bars = 16;
    std::uint64_t seed = 1;
    std::filesystem::path primer;
    std::string primerParts = "all";
    bool withPrimer = false;
    std::string key = "C";
    std::string scale = "chromatic";
    double temperature = 1.0;
    double pitchTemperature = 0.0;    ///< 0: as `temperature`
    double durationTemperature = 0.0; ///< 0: as `temperature`
    double topP = 1.0;
    std::string lowest = "0";
    std::string highest = "127";
    std::string metre;  ///< empty: the primer's, or 4/4
    double tempo = 0.0; ///< quarters a minute; 0: the primer's, or 90, with voices 66
    int program = -1;   ///< General MIDI, from 0; below 0: the primer's, or the model's, or 0
    std::string sampler = "stream";
    int variations = 1;
    std::filesystem::path output;
    bool all = false;
    bool json = false;
    std::filesystem::path soundFont;
    VoiceOptions voices;
    ChordOptions chords;
};

/** What is to be composed; returns --model, which is not required yet. */
CLI::Option* addComposingOptions(CLI::App& command, GenerateOptions& options);
/** The same, and what is to be written. */
void addGenerateOptions(CLI::App& command, GenerateOptions& options);

/** Music to go on from. */
struct Primer
{
    std::vector<score::Note> notes;
    std::vector<int> voices; ///< of each note, when its part is one of the model's voices; or none
    score::Quarters length;  ///< whole bars
    score::MetreChange metre;
    int microsecondsPerQuarter = 666667;
    int program = -1;
    std::vector<std::string> warnings;
};

/** Reads the primer file; an empty primer when none was asked for. Throws Failure when there are no
    notes in it, when they do not lie within the model's pitches, or when the new music would have a
    metre of the primer's that cannot be composed in. */
Primer readPrimer(const GenerateOptions& options, const ModelDescription& model);

/** Checks key, scale and pitches; throws UsageError that names the option. Asks for no explanation.
 */
organum_request requestFrom(const GenerateOptions& options, const score::MetreChange& metre);

/** The harmony asked for; numerals are read in --key and --scale. Throws UsageError and Failure. */
score::ChordProgression progressionFrom(const GenerateOptions& options);

/** "6/8" to a metre at the beginning. Throws UsageError. */
score::MetreChange metreFromText(const std::string& text);

} // namespace organum::commandline
