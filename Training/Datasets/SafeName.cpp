#include "Training/Datasets/Unpack.h"

#include <algorithm>
#include <sstream>

namespace organum::datasets
{

bool isSafeName(const std::string& name)
{
    if (name.empty() || name.size() > 1024 || name.front() == '/')
        return false;
    if (std::any_of(name.begin(), name.end(), [](char c) {
            return static_cast<unsigned char>(c) < 32 || c == 127 || c == '\\' || c == ':';
        }))
        return false;
    std::istringstream parts(name);
    for (std::string part; std::getline(parts, part, '/');)
        if (part == ".." || part.size() > 255)
            return false;
    return true;
}

} // namespace organum::datasets
