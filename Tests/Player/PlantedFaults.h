#pragma once

// Everything an audio thread must not do, done once each, to show that the guard sees it. Linked
// into the test program, and built as a library that is opened as a plugin is.

#include "Support/RealtimeGuard.h"

#include <vector>

namespace organum::test
{

struct PlantedFault
{
    const char* name;
    std::uint32_t support::RealtimeCounts::*counter;
    std::uint32_t least; ///< what it must add to that counter, at least
    void (*commit)();
};

const std::vector<PlantedFault>& plantedFaults();

} // namespace organum::test

extern "C" {
/** The same for dlsym(). */
const std::vector<organum::test::PlantedFault>* organum_planted_faults();
}
