#pragma once

// Checks of option values whose message says what is allowed, so that nobody has to guess.

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdint>
#include <sstream>
#include <string>
#include <type_traits>

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
            bool isNumber = CLI::detail::lexical_cast(input, value);
            // The parser takes 010 for eight, as C does.
            if constexpr (std::is_integral<Number>::value)
                isNumber = isNumber && input == std::to_string(value);
            if (isNumber && value >= lowest && value <= highest)
                return {};
            return "'" + input + "' will not do: " + what + " must be " + text + ".";
        },
        text, "range of " + what);
}

/** Digits alone are a seed: the parser would wrap what is below 0 or above 2^64 - 1 around to
    another number. */
inline CLI::Validator seedCheck()
{
    return CLI::Validator(
        [](std::string& input) -> std::string {
            std::uint64_t value = 0;
            const auto* end = input.data() + input.size();
            const auto read = std::from_chars(input.data(), end, value);
            if (read.ec != std::errc() || read.ptr != end)
                return "'" + input +
                       "' will not do: a seed must be a whole number from 0 to "
                       "18446744073709551615 (2^64 - 1).";
            input = std::to_string(value); // without zeros in front
            return {};
        },
        "0 to 2^64 - 1", "seed");
}

/** Adds --seed. */
inline CLI::Option* addSeed(CLI::App& command, std::uint64_t& seed, const std::string& meaning)
{
    return command.add_option("--seed", seed, meaning)
        ->capture_default_str()
        ->transform(seedCheck());
}

/** Refuses an empty text: it is a shell variable that was never set more often than a wish. */
inline CLI::Validator notEmpty()
{
    return CLI::Validator(
        [](std::string& input) -> std::string {
            return input.empty()
                       ? "an empty text was given; write a value, or leave the option out."
                       : "";
        },
        "", "not empty");
}

} // namespace organum::commandline
