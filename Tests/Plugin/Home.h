#pragma once

// A home of its own, so that nobody's choices are read or overwritten.

#include "EngineBench.h"

namespace organum::test
{

class Home
{
public:
    Home()
        : before(std::getenv("HOME") != nullptr ? std::getenv("HOME") : "")
    {
        setVariable("HOME", folder.path().string());
        setVariable("ORGANUM_DRAGS", (folder / "drags").string());
    }
    ~Home()
    {
        setVariable("HOME", before);
        unsetenv("ORGANUM_DRAGS");
    }

    const TemporaryFolder folder;

private:
    const std::string before;
};

} // namespace organum::test
