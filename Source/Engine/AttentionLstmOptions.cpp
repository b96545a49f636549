#include "Engine/AttentionLstmOptions.h"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace organum::engine
{

std::string AttentionLstmOptions::toJson() const
{
    return nlohmann::ordered_json{
        {"embedSize", embedSize}, {"units", units}, {"attention", attention}, {"window", window}}
        .dump();
}

AttentionLstmOptions AttentionLstmOptions::fromJson(const std::string& text)
{
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        throw std::invalid_argument("Reading an attention-LSTM's configuration: it is not a JSON "
                                    "object. Train and save the model anew.");
    AttentionLstmOptions options;
    const auto read = [&json](const char* key, std::int64_t& value, std::int64_t largest) {
        if (!json.contains(key))
            return;
        const auto& entry = json[key];
        if (!entry.is_number_integer() || entry.get<double>() < 1.0 ||
            entry.get<double>() > static_cast<double>(largest))
            throw std::invalid_argument(std::string("Reading an attention-LSTM's configuration: "
                                                    "\"") +
                                        key + "\" must be a whole number from 1 to " +
                                        std::to_string(largest) +
                                        ". Train and save the model anew.");
        value = entry.get<std::int64_t>();
    };
    read("embedSize", options.embedSize, 4096);
    read("units", options.units, 4096);
    read("window", options.window, 65536);
    if (json.contains("attention")) {
        if (!json["attention"].is_boolean())
            throw std::invalid_argument("Reading an attention-LSTM's configuration: \"attention\" "
                                        "must be true or false. Train and save the model anew.");
        options.attention = json["attention"].get<bool>();
    }
    return options;
}

} // namespace organum::engine
