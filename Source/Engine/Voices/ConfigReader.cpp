#include "Engine/Voices/ConfigReader.h"

#include <stdexcept>

namespace organum::engine
{

ConfigReader::ConfigReader(std::string whatIn, const std::string& text)
    : what(std::move(whatIn))
    , object(nlohmann::json::parse(text, nullptr, false))
{
    if (!object.is_object())
        refuse("it is not a JSON object");
}

void ConfigReader::read(const char* key, std::int64_t& value, std::int64_t lowest,
                        std::int64_t highest) const
{
    const auto found = object.find(key);
    if (found == object.end())
        return;
    if (!found->is_number_integer() || found->get<double>() < static_cast<double>(lowest) ||
        found->get<double>() > static_cast<double>(highest))
        refuse(std::string("\"") + key + "\" must be a whole number from " +
               std::to_string(lowest) + " to " + std::to_string(highest));
    value = found->get<std::int64_t>();
}

void ConfigReader::refuse(const std::string& problem) const
{
    throw std::invalid_argument("Reading the configuration of " + what + ": " + problem +
                                ". Train and save the model anew.");
}

} // namespace organum::engine
