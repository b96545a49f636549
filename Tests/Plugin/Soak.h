#pragma once

// A long session with everything at once: the engine publishing, knobs and modes moving, projects
// restored, the window opened and closed, the transport jumping, blocks and rates of any size. The
// guard is armed in every block.

#include "Plugin/Identity.h"

#include <cstdint>
#include <string>
#include <vector>

namespace organum::test
{

struct SoakPlan
{
    plugin::Shape shape = plugin::Shape::midiEffect;
    std::int64_t blocks = 100000;
    std::uint64_t seed = 1;
};

struct SoakFigures
{
    std::int64_t blocks = 0;
    std::int64_t noteOns = 0;
    std::int64_t noteOffs = 0;
    std::int64_t published = 0; ///< takes that the engine finished
    std::int64_t restored = 0;  ///< states set
    std::int64_t windows = 0;   ///< editors opened, drawn and closed
    std::int64_t jumps = 0;
    std::int64_t rates = 0;         ///< changes of the sample rate
    std::vector<std::string> modes; ///< every mode the plugin offers; each was played
    std::vector<std::int64_t> noteOnsOfMode;
    double seconds = 0.0;
    std::vector<std::string> faults; ///< empty is good
};

/** Message thread; needs a Workbench with the model "dense". The audio thread is one of its own. */
SoakFigures soak(const SoakPlan& plan);

/** As a few lines of text. */
std::string describe(const SoakFigures& figures);

} // namespace organum::test
