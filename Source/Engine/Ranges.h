#pragma once

// The one sentence with which a number out of its range is refused.

#include <sstream>
#include <stdexcept>

namespace organum::engine
{

/** Throws std::invalid_argument naming the value and its limits, both of which are allowed. */
template <typename Value>
void checkRange(const char* what, Value value, Value lowest, Value highest)
{
    // Written so that a value that is not a number is refused too.
    if (value >= lowest && value <= highest)
        return;
    std::ostringstream text;
    text << "Checking the request: " << what << " is " << value << "; it must lie between "
         << lowest << " and " << highest << ".";
    throw std::invalid_argument(text.str());
}

} // namespace organum::engine
