#include "Plugin/TakeHistory.h"

#include <catch2/catch.hpp>

using namespace organum::plugin;

namespace
{

TakePointer takeOf(std::uint64_t seed)
{
    Take take;
    take.seed = seed;
    take.bars = 1;
    return std::make_shared<const Take>(take);
}

} // namespace

TEST_CASE("when there are too many takes the oldest without a star goes")
{
    TakeHistory history;
    for (std::uint64_t i = 0; i < TakeHistory::capacity; ++i)
        history.add(takeOf(i));
    CHECK(history.star(0, true));
    CHECK_FALSE(history.star(TakeHistory::capacity, true));
    history.add(takeOf(100));
    auto now = history.snapshot();
    REQUIRE(now.takes.size() == TakeHistory::capacity);
    CHECK(now.takes[0]->seed == 0);
    CHECK(now.takes[1]->seed == 2);
    CHECK(now.playing()->seed == 100);

    CHECK(history.star(0, false));
    history.add(takeOf(101));
    CHECK(history.snapshot().takes[0]->seed == 2);
    for (std::size_t i = 0; i < TakeHistory::capacity; ++i)
        history.star(i, true);
    history.add(takeOf(102));
    now = history.snapshot();
    CHECK(now.takes[0]->seed == 3);
    CHECK(now.playing()->seed == 102);
}
