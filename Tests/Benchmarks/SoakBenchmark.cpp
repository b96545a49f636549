// The long soak: ten million blocks with more than a million notes. Fails on any fault.

#include "Plugin/Soak.h"
#include "Plugin/Workbench.h"

#include <cstdio>
#include <cstdlib>

using namespace organum::test;
using organum::plugin::Shape;

TEST_CASE("ten million blocks of everything at once")
{
    const char* asked = std::getenv("ORGANUM_SOAK_BLOCKS");
    const std::int64_t blocks = asked != nullptr ? std::atoll(asked) : 10000000;
    const Workbench bench({"dense", "dense-choir", "slow"});
    std::int64_t noteOns = 0;
    // Most of it without sound, which takes a hundred times as long as the notes.
    const SoakPlan plans[] = {{Shape::midiEffect, blocks * 8 / 10, 3},
                              {Shape::instrument, blocks * 2 / 10, 4}};
    for (const SoakPlan& plan : plans) {
        const auto figures = soak(plan);
        std::printf("%s: %s", plan.shape == Shape::midiEffect ? "MIDI effect" : "instrument",
                    describe(figures).c_str());
        CHECK(figures.faults == std::vector<std::string>{});
        noteOns += figures.noteOns;
    }
    CHECK(noteOns >= blocks / 10);
}
