#pragma once

// The error of everything that reads data to learn from.

#include <stdexcept>

namespace organum::training
{

/** Why data cannot be trained on. */
class DataError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

} // namespace organum::training
