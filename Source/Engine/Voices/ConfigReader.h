#pragma once

// Numbers out of a bundle's configuration, refused in one sentence when they cannot be.

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

namespace organum::engine
{

class ConfigReader
{
public:
    /** `what` is the network's name, e.g. "a MuseGAN". Throws std::invalid_argument unless the text
        is a JSON object. */
    ConfigReader(std::string whatIn, const std::string& text);

    /** Leaves `value` alone when the key is not there; throws std::invalid_argument when it is no
        whole number from lowest to highest. */
    void read(const char* key, std::int64_t& value, std::int64_t lowest,
              std::int64_t highest) const;
    [[noreturn]] void refuse(const std::string& problem) const;

    const nlohmann::json& json() const { return object; }

private:
    const std::string what;
    const nlohmann::json object;
};

} // namespace organum::engine
