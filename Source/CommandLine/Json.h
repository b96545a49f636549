#pragma once

// What --json prints.

#include <nlohmann/json.hpp>

#include <string>

namespace organum::commandline
{

/** Indented JSON. A path may hold bytes that are no text; they become U+FFFD. */
inline std::string jsonText(const nlohmann::json& json)
{
    return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace organum::commandline
