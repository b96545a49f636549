#pragma once

// Checks of option values whose message says what is allowed, so that nobody has to guess.

#include <CLI/CLI.hpp>

#include <sstream>
#include <string>

namespace organum::commandline
{

/** A number between two others, both included; NaN is refused. `what` reads like "bars". */
template <typename Number>
CLI::Validator inRange(Number lowest, Number highest, const std::string& what)
{
    std::ostringstream allowed;
    allowed << lowest << " to " << highest;
    const auto text = allowed.str();
    return CLI::Validator(
        [lowest, highest, what, text](std::string& input) -> std::string {
            Number value{};
            const bool isNumber = CLI::detail::lexical_cast(input, value);
            if (isNumber && value >= lowest && value <= highest)
                return {};
            return "'" + input + "' will not do: " + what + " must be " + text + ".";
        },
        text, "range of " + what);
}

} // namespace organum::commandline
