#include "Training/Settings.h"

#include <cmath>
#include <cstdio>
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
    auto& setting = settings[find(name)];
    const auto wantsSwitch = isSwitch(setting.value);
    const auto text = wantsSwitch ? asSwitch(value) : value;
    if (wantsSwitch ? text.empty() : !isNumber(text))
        throw OptionError("The setting " + name + " cannot be \"" + value + "\"; it is " +
                          (wantsSwitch ? "on or off." : "a number."));
    setting.value = text;
}

std::size_t Settings::find(const std::string& name) const
{
    std::string names;
    for (std::size_t i = 0; i < settings.size(); ++i) {
        if (settings[i].name == name)
            return i;
        names += (names.empty() ? "" : ", ") + settings[i].name;
    }
    throw OptionError("This recipe has no setting \"" + name + "\". It has: " + names + ".");
}

double Settings::number(const std::string& name, double low, double high) const
{
    const auto value = std::stod(settings[find(name)].value);
    if (!(value >= low && value <= high)) {
        char range[80];
        std::snprintf(range, sizeof range, "from %g to %g.", low, high);
        throw OptionError("The setting " + name + " is " + settings[find(name)].value +
                          "; it must be " + range);
    }
    return value;
}

std::int64_t Settings::integer(const std::string& name, std::int64_t low, std::int64_t high) const
{
    const auto value = number(name, static_cast<double>(low), static_cast<double>(high));
    if (value != std::floor(value))
        throw OptionError("The setting " + name + " must be a whole number, not " +
                          settings[find(name)].value + ".");
    return static_cast<std::int64_t>(value);
}

bool Settings::on(const std::string& name) const
{
    return settings[find(name)].value == "on";
}

std::map<std::string, std::string> Settings::values() const
{
    std::map<std::string, std::string> result;
    for (const auto& setting : settings)
        result[setting.name] = setting.value;
    return result;
}

} // namespace organum::training
