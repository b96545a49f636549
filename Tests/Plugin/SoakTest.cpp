// The short soak; `./dev bench` runs the long one.

#include "Soak.h"
#include "Workbench.h"

using namespace organum::test;

namespace
{

constexpr std::int64_t million = 1000000;

void requireGood(const SoakFigures& figures, std::int64_t blocks)
{
    INFO(describe(figures));
    CHECK(figures.faults == std::vector<std::string>{});
    CHECK(figures.blocks == blocks);
    CHECK(figures.noteOns > blocks / 100);
    CHECK(figures.published > blocks / 10000);
    CHECK(figures.restored > blocks / 50000);
    CHECK(figures.windows > 0);
    // An answer to a call takes the worker's time, for which a short run may be over too soon.
    if (blocks > million / 2)
        for (const auto count : figures.noteOnsOfMode)
            CHECK(count > 0);
}

} // namespace

TEST_CASE("a long session of everything at once keeps the callback clean and every note ended")
{
    const Workbench bench({"dense", "dense-choir", "slow"});
    requireGood(soak({organum::plugin::Shape::midiEffect, million * 9 / 10, 1}), million * 9 / 10);
    requireGood(soak({organum::plugin::Shape::instrument, million / 10, 2}), million / 10);
}
