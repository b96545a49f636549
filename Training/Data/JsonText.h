#pragma once

// JSON files that people keep, copy and edit: what is wrong with one is said in words they can act
// on. The reasons are parts of a sentence; the caller adds what it was reading and what to do.

#include <nlohmann/json.hpp>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace organum::training
{

/** Throws std::invalid_argument, e.g. "it is empty" or "it is not valid JSON from line 3 on". */
nlohmann::json parseJson(const std::string& text);

/** A text file's content. Throws std::runtime_error, e.g. "it is a folder" or "No such file or
    directory". */
std::string readTextFile(const std::filesystem::path& file);

/** Whether JSON can hold a text; a file's name may be any bytes. */
bool isUtf8(const std::string& text);

/** Puts json[key] into `value`. Throws std::invalid_argument when it is missing or of another kind.
 */
template <typename Value>
void readField(const nlohmann::json& json, const char* key, Value& value)
{
    try {
        json.at(key).get_to(value);
    } catch (const nlohmann::json::exception&) {
        throw std::invalid_argument(std::string("its \"") + key +
                                    "\" is missing or of the wrong kind");
    }
}

/** json[key], or `otherwise` when it is missing or of another kind. */
template <typename Value>
Value fieldOr(const nlohmann::json& json, const char* key, Value otherwise)
{
    try {
        readField(json, key, otherwise);
    } catch (const std::invalid_argument&) {
    }
    return otherwise;
}

} // namespace organum::training
