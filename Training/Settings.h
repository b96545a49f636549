#pragma once

// The ingredients of a recipe by name, so that a run can switch any of them off, config.json can
// record them all, and help texts list them from one place.

#include "Training/OptionError.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace organum::training
{

struct Setting
{
    std::string name;
    std::string value;   ///< a number, "on" or "off"
    std::string meaning; ///< for help texts
};

class Settings
{
public:
    explicit Settings(std::vector<Setting> defaults);

    /** Throws std::invalid_argument for an unknown name (all names are then listed) or a value of
        the wrong kind. Accepts on/off, yes/no, true/false, 1/0 for switches. */
    void set(const std::string& name, const std::string& value);

    /** Throw std::invalid_argument when the value is outside the range (ends included) or, for
        integer(), no whole number. */
    double number(const std::string& name, double low = 0.0, double high = 1e9) const;
    std::int64_t integer(const std::string& name, std::int64_t low = 0,
                         std::int64_t high = 1000000000) const;
    bool on(const std::string& name) const;

    const std::vector<Setting>& all() const { return settings; }
    std::map<std::string, std::string> values() const;

private:
    std::size_t find(const std::string& name) const;
    std::vector<Setting> settings;
};

} // namespace organum::training
