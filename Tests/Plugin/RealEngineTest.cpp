// The plugin with the engine that ships, and small models with random weights.

#include "TinyBundle.h"
#include "Workbench.h"

#include <fstream>

using namespace organum;
using namespace organum::plugin;
using namespace organum::test;

namespace
{

/** As Workbench, but with the real engine and one tiny network. */
class RealBench : public Workbench
{
public:
    RealBench()
        : Workbench(std::vector<std::string>{})
    {
        setVariable("ORGANUM_ENGINE", ORGANUM_REAL_ENGINE);
        writeTinyBundle(folder / "tiny.organum");
    }
};

bool isMapped(const std::string& library)
{
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);)
        if (line.find(library) != std::string::npos)
            return true;
    return false;
}

} // namespace

TEST_CASE("the real engine composes for the plugin, which plays it, and nothing loads before")
{
    const RealBench bench;
    Processor processor(Shape::instrument);
    BlockRunner host(processor);
    host.run(1.0);
    CHECK_FALSE(isMapped("libtorch"));
    *processor.parameters().scale = 1;
    composeAndWait(processor);
    CHECK(isMapped("libtorch"));
    const auto take = processor.takes().playing();
    INFO(processor.status().message);
    REQUIRE(take->notes.size() > 4);
    CHECK(take->bars == 16);
    for (const TakeNote& note : take->notes)
        CHECK((0xAB5u >> (note.pitch % 12) & 1u) == 1u); // C major
    host.run(64.0);
    CHECK(host.noteOns > 4);

    const Take first = *take;
    composeAndWait(processor);
    CHECK(*processor.takes().playing() == first); // the same seed gives the same music
    processor.continueTake();
    REQUIRE(eventually([&] { return processor.takes().takes.size() == 3; }));
    CHECK(processor.takes().playing()->bars == 32);
}

TEST_CASE("instances share the real engine, and may go while it composes")
{
    const RealBench bench;
    for (int round = 0; round < 3; ++round) {
        Processor one(Shape::instrument);
        Processor two(Shape::midiEffect);
        one.parameters().bars->setValueNotifyingHost(1.0f); // 256 bars
        one.generate();
        composeAndWait(two);
        CHECK(two.takes().playing()->bars == 16);
    }
}

TEST_CASE("a damaged bundle is refused by its header, without the engine")
{
    const RealBench bench;
    std::ofstream(bench.folder / "aaa.organum") << "no bundle at all";
    Processor processor(Shape::instrument);
    processor.generate();
    REQUIRE(eventually([&] { return processor.status().phase == Phase::failed; }));
    CHECK(processor.status().message.find("aaa.organum") != std::string::npos);
}
