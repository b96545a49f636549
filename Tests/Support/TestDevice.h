#pragma once

// Where tests train.

#include <cstdlib>
#include <string>

namespace organum::test
{

/** What ORGANUM_TEST_DEVICE says ("cuda"), or "cpu". */
inline std::string testDevice()
{
    const char* const named = std::getenv("ORGANUM_TEST_DEVICE");
    return named != nullptr ? named : "cpu";
}

} // namespace organum::test
