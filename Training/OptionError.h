#pragma once

// What is thrown when an option's value is at fault and no file: the command line then speaks of
// wrong usage.

#include <stdexcept>

namespace organum::training
{

class OptionError : public std::invalid_argument
{
public:
    using std::invalid_argument::invalid_argument;
};

} // namespace organum::training
