#pragma once

// The engine that ships, with small networks of random weights.

#include "TinyBundle.h"
#include "Workbench.h"

namespace organum::test
{

/** As Workbench, but with the real engine and two tiny networks. */
class RealBench : public Workbench
{
public:
    RealBench()
        : Workbench(std::vector<std::string>{})
    {
        setVariable("ORGANUM_ENGINE", ORGANUM_REAL_ENGINE);
        writeTinyBundle(folder / "tiny.organum");
        writeTinyChoir(folder / "tiny-choir.organum");
    }
    /** Places in the list of models, which is sorted by file. */
    static constexpr int choir = 0;
    static constexpr int solo = 1;
};

/** The take that comes after `before`, once nothing is being composed any more. */
inline plugin::TakePointer nextTake(plugin::Processor& processor, const plugin::TakePointer& before)
{
    REQUIRE(eventually([&] { return processor.takes().playing() != before; }));
    REQUIRE(processor.generation().waitUntilIdle(5000));
    INFO(processor.status().message);
    REQUIRE(processor.status().phase == plugin::Phase::idle);
    return processor.takes().playing();
}

} // namespace organum::test
