#include "Plugin/KnobWatch.h"

#include <catch2/catch.hpp>

using organum::plugin::KnobWatch;
using organum::plugin::Settings;

namespace
{

const KnobWatch::Clock::time_point begin;

auto after(int milliseconds)
{
    return begin + std::chrono::milliseconds(milliseconds);
}

} // namespace

TEST_CASE("the watch is silent until a knob moves, and tells of each move once")
{
    KnobWatch watch;
    Settings knobs;
    CHECK_FALSE(watch.look(knobs, after(0)));
    knobs.seed = 5; // voices do not hear it
    knobs.pitchTemperature = 0.3f;
    knobs.model = 1;
    CHECK_FALSE(watch.look(knobs, after(10)));
    knobs.latents[3].morph = 0.5f;
    CHECK(watch.look(knobs, after(20)));
    CHECK_FALSE(watch.look(knobs, after(30)));
}

TEST_CASE("every knob of a model with voices is heard")
{
    std::vector<Settings> moved(2 * 10 + 10 + 1 + 3 + 8);
    std::size_t i = 0;
    for (std::size_t k = 0; k < 10; ++k) {
        moved[i++].latents[k].seedA = 77;
        moved[i++].latents[k].seedB = 77;
        moved[i++].latents[k].morph = 0.25f;
    }
    moved[i++].rules = 0.75f;
    moved[i++].bars = 3;
    moved[i++].key = 3;
    moved[i++].scale = 3;
    for (std::size_t k = 0; k < 8; ++k)
        moved[i++].macros[k] = -0.5f;
    REQUIRE(i == moved.size());
    for (const Settings& knobs : moved) {
        KnobWatch watch;
        watch.settle({});
        CHECK(watch.look(knobs, after(0)));
    }
}

TEST_CASE("one long movement is one, another knob or a pause begins another")
{
    KnobWatch watch;
    Settings knobs;
    watch.settle(knobs);
    const auto move = [&](std::size_t knob, int time) {
        knobs.latents[knob].morph += 0.01f;
        return watch.look(knobs, after(time))->id;
    };
    const auto first = move(0, 0);
    CHECK(move(0, 1000) == first);
    CHECK(move(0, 2000) == first);
    const auto other = move(1, 2100);
    CHECK(other != first);
    const auto later = move(1, 2100 + 2000);
    CHECK(later != other);
    watch.settle(knobs); // music was asked for in between
    CHECK(move(1, 4200) != later);
}
