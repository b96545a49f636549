// A clock that comes in, as the plugin is told of it.

#include "Standalone/ClockHead.h"

#include <catch2/catch.hpp>

#include <random>

using namespace organum;

namespace
{

constexpr double blockSeconds = 256.0 / 48000.0;

struct Listener
{
    standalone::ClockHead head;
    double expected = 0.0;
    int jumps = 0;

    juce::AudioPlayHead::PositionInfo block(const live::ClockPosition& clock)
    {
        head.follow(clock, 256, 48000.0);
        const auto told = *head.getPosition();
        if (told.getIsPlaying()) {
            jumps += std::abs(*told.getPpqPosition() - expected) > 1e-9 ? 1 : 0;
            expected = *told.getPpqPosition() + *told.getBpm() / 60.0 * blockSeconds;
        }
        return told;
    }
};

} // namespace

TEST_CASE("music that was started a moment ago is played from its very first note on")
{
    Listener listener;
    live::ClockPosition clock;
    clock.playing = true;
    clock.revision = 1;
    clock.start = 8.0;
    clock.quarter = 8.013;
    listener.expected = 8.0;
    const auto told = listener.block(clock);
    CHECK(*told.getPpqPosition() == 8.0);
    CHECK(*told.getBpm() > 120.0); // and catches up
}

TEST_CASE("a clock that jitters is followed without a single jump")
{
    Listener listener;
    std::mt19937 random(3);
    std::uniform_real_distribution<double> jitter(-0.006, 0.006); // quarter notes
    live::ClockPosition clock;
    clock.playing = true;
    clock.revision = 1;
    double worst = 0.0;
    for (int i = 0; i < 4000; ++i) {
        const double truth = i * blockSeconds * 2.0;
        clock.quarter = std::max(0.0, truth + jitter(random));
        const auto told = listener.block(clock);
        worst = std::max(worst, std::abs(*told.getPpqPosition() - truth));
    }
    CHECK(listener.jumps == 0);
    CHECK(worst < 0.01); // 5 ms
}

TEST_CASE("a song position, a stop and an unfollowed clock are told as a host would")
{
    Listener listener;
    live::ClockPosition clock;
    clock.playing = true;
    clock.revision = 1;
    for (int i = 0; i < 10; ++i, clock.quarter += blockSeconds * 2.0)
        listener.block(clock);
    CHECK(listener.jumps == 0);
    clock.revision = 2;
    clock.start = 16.0;
    clock.quarter = 16.0;
    CHECK(*listener.block(clock).getPpqPosition() == 16.0);
    clock.playing = false;
    clock.start = 17.0;
    const auto told = listener.block(clock);
    CHECK_FALSE(told.getIsPlaying());
    CHECK(*told.getPpqPosition() == 17.0);
    listener.head.release();
    CHECK_FALSE(listener.head.getPosition().hasValue());
}
