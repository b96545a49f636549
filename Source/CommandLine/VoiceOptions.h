#pragma once

// What the user of `organum generate` may ask of a model with voices: knobs between two ideas,
// voice leading, decoder, locks, macros.

#include "CommandLine/Composer.h"
#include "CommandLine/ModelDescription.h"

#include <CLI/CLI.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace organum::commandline
{

/** One knob as typed. */
struct KnobOptions
{
    std::optional<std::uint64_t> seedA, seedB;
    std::optional<double> morph;

    bool any() const { return seedA || seedB || morph; }
};

struct VoiceOptions
{
    std::array<KnobOptions, ORGANUM_LATENTS> knobs; ///< in the order of ORGANUM_LATENT_...
    KnobOptions melody, groove;                     ///< of all voices that have no own
    std::optional<double> rules;
    std::string decoder = "argmax";
    std::string joining = "strong";
    std::vector<std::string> lockVoices; ///< none: all
    std::string lockBars;                ///< like "1-2,5"; empty: all
    std::filesystem::path lockFrom;
    std::vector<std::string> macros; ///< NAME=VALUE
};

/** Adds the options, in a group of their own. */
void addVoiceOptions(CLI::App& command, VoiceOptions& options);

/** --macro alone, for commands that ask for no more. */
CLI::Option* addMacroOption(CLI::App& command, std::vector<std::string>& macros);
/** Texts NAME=VALUE into the request. Throws UsageError for a name that the model does not have. */
void fillMacros(const std::vector<std::string>& macros, const ModelDescription& model,
                organum_request& request);

/** Throws UsageError when an option was typed that the model does not have: one of these for a
    model without voices, or another that means nothing to voices. */
void checkModelHas(const CLI::App& command, const ModelDescription& model);

/** Fills the request's part for voices and what is locked. `metre` is that of the new music. Throws
    UsageError that names the option, and Failure for a file that cannot be used. */
void fillVoices(const VoiceOptions& options, const ModelDescription& model,
                const score::MetreChange& metre, organum_request& request, GivenMusic& given);

} // namespace organum::commandline
