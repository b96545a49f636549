#pragma once

// What a project keeps of the work with settings: which preset was chosen last, and the two
// settings that are compared.

#include "Plugin/Settings.h"

#include <array>
#include <optional>
#include <string>

namespace organum::plugin
{

struct ComparedSettings
{
    Settings settings; ///< without the model, whose place in the list may be another one here
    std::string model; ///< name of its bundle; empty: none was chosen
    bool operator==(const ComparedSettings& other) const;
};

struct Comparison
{
    std::string preset; ///< UTF-8; empty: none has been chosen
    int compared = 0;   ///< which of the two the knobs show: A (0) or B (1)
    std::array<std::optional<ComparedSettings>, 2> kept;

    bool isEmpty() const;
    bool operator==(const Comparison& other) const;
};

std::string encodeComparison(const Comparison& comparison);
/** Throws StateError for what is damaged. */
Comparison decodeComparison(const std::string& bytes);

} // namespace organum::plugin
