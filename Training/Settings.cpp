#include "Training/Settings.h"

#include <cmath>
#include <cstdint>
#include <stdexcept>

namespace organum::training
{
namespace
{

bool isSwitch(const std::string& value)
{
    return value == "on" || value == "off";
}

std::string asSwitch(const std::string& text)
{
    if (text == "on" || text == "yes" || text == "true" || text == "1")
        return "on";
    if (text == "off" || text == "no" || text == "false" || text == "0")
        return "off";
    return {};
}

bool isNumber(const std::string& text)
{
    try {
        std::size_t used = 0;
        const auto value = std::stod(text, &used);
        return used == text.size() && std::isfinite(value);
    } catch (const std::exception&) {
        return false;
    }
}

} // namespace

Settings::Settings(std::vector<Setting> defaults)
    : settings(std::move(defaults))
{
}

void Settings::set(const std::string& name, const std::string& value)
{
    auto& setting = const_cast<Setting&>(find(name));
    const auto wantsSwitch = isSwitch(setting.value);
    const auto text = wantsSwitch ? asSwitch(value) : value;
    if (wantsSwitch ? text.empty() : !isNumber(text))
        throw std::invalid_argument("The setting " + name + " cannot be \"" + value + "\"; it is " +
                                    (wantsSwitch ? "on or off." : "a number."));
    setting.value = text;
}

const Setting& Settings::find(const std::string& name) const
{
    std::string names;
    for (const auto& setting : settings) {
        if (setting.name == name)
            return setting;
        names += (names.empty() ? "" : ", ") + setting.name;
    }
    throw std::invalid_argument("This recipe has no setting \"" + name + "\". It has: " + names +
                                ".");
}

double Settings::number(const std::string& name) const
{
    return std::stod(find(name).value);
}

std::int64_t Settings::integer(const std::string& name) const
{
    const auto value = number(name);
    if (value != std::floor(value) || std::abs(value) > 1e15)
        throw std::invalid_argument("The setting " + name + " must be a whole number, not " +
                                    find(name).value + ".");
    return static_cast<std::int64_t>(value);
}

bool Settings::on(const std::string& name) const
{
    return find(name).value == "on";
}

std::map<std::string, std::string> Settings::values() const
{
    std::map<std::string, std::string> result;
    for (const auto& setting : settings)
        result[setting.name] = setting.value;
    return result;
}

} // namespace organum::training
