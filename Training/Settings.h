#pragma once

// The ingredients of a recipe by name, so that a run can switch any of them off, config.json can
// record them all, and help texts list them from one place.

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

    double number(const std::string& name) const;
    /** A whole number; throws std::invalid_argument when it is none. */
    std::int64_t integer(const std::string& name) const;
    bool on(const std::string& name) const;

    const std::vector<Setting>& all() const { return settings; }
    std::map<std::string, std::string> values() const;

private:
    const Setting& find(const std::string& name) const;
    std::vector<Setting> settings;
};

} // namespace organum::training
