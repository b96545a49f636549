// Following a clock that comes in, with the jitter it has in real life.

#include "Live/ClockFollower.h"

#include <catch2/catch.hpp>

#include <random>

using namespace organum::live;

namespace
{

/** A clock that ticks evenly, and arrives with an error of our choice. */
class Source
{
public:
    explicit Source(double tempoIn)
        : tempo(tempoIn)
    {
    }

    void say(ClockStatus status) { follower.receive(shortMessage(time, status)); }
    void sayPosition(int sixteenth) { follower.receive(songPositionMessage(time, sixteenth)); }

    template <typename Late>
    void tick(int count, Late&& late)
    {
        for (int i = 0; i < count; ++i) {
            follower.receive(shortMessage(time + late(), clockTick));
            time += period();
        }
    }
    void tick(int count)
    {
        tick(count, [] { return 0.0; });
    }
    double period() const { return 60.0 / tempo / 24.0; }

    ClockFollower follower;
    double tempo;
    double time = 1000.0; ///< of the next tick
};

} // namespace

TEST_CASE("an even clock is followed exactly, from its first tick on")
{
    for (const double tempo : {40.0, 97.3, 120.0, 240.0}) {
        INFO(tempo);
        Source source(tempo);
        source.tick(30);
        CHECK_FALSE(source.follower.at(source.time).playing);
        source.say(clockStart);
        CHECK_FALSE(source.follower.at(source.time).playing);
        source.tick(1);
        auto place = source.follower.at(source.time - source.period());
        CHECK(place.playing);
        CHECK(place.start == 0.0);
        CHECK(place.quarter == Approx(0.0).margin(1e-6));
        source.tick(47);
        place = source.follower.at(source.time - 0.5 * source.period());
        CHECK(place.playing);
        CHECK(place.quarter == Approx(47.5 / 24.0));
        CHECK(place.beatsPerMinute == Approx(tempo));
    }
}

TEST_CASE("ticks that arrive in an audio server's blocks give a tempo and a place all the same")
{
    // JACK at 48 kHz gives all ticks of a period at its end.
    for (const double block : {256.0 / 48000.0, 1024.0 / 48000.0}) {
        INFO("blocks of " << block << " s");
        Source source(120.0);
        source.say(clockStart);
        const auto late = [&] { return std::ceil(source.time / block) * block - source.time; };
        source.tick(96, late);
        double worst = 0.0;
        for (int i = 0; i < 240; ++i) {
            source.tick(1, late);
            const auto place = source.follower.at(source.time);
            const double truth = (97.0 + i) / 24.0 - 0.5 * block * 2.0; // half a block late
            worst = std::max(worst, std::abs(place.quarter - truth) * 0.5);
            CHECK(place.beatsPerMinute == Approx(120.0).epsilon(block < 0.01 ? 0.01 : 0.03));
        }
        // Ticks and long periods of nearly one length beat with each other.
        CHECK(worst < (block < 0.01 ? 0.25 : 1.0) * block);
    }
}

TEST_CASE("a clock that jitters by 5 ms is followed within 3 ms")
{
    Source source(120.0);
    source.say(clockStart);
    std::mt19937 random(7);
    std::uniform_real_distribution<double> jitter(-0.005, 0.005);
    const auto late = [&] { return jitter(random); };
    source.tick(96, late);
    double worst = 0.0;
    for (int i = 0; i < 2000; ++i) {
        source.tick(1, late);
        const double off = source.follower.at(source.time).quarter - (97.0 + i) / 24.0;
        worst = std::max(worst, std::abs(off) * 0.5); // half a second a quarter
    }
    CHECK(worst < 0.003);
}

TEST_CASE("a change of tempo is followed within two quarter notes")
{
    for (const double tempo : {60.0, 100.0, 140.0, 200.0}) {
        INFO("from 120 to " << tempo);
        Source source(120.0);
        source.say(clockStart);
        source.tick(100);
        source.tempo = tempo;
        source.tick(48);
        const auto place = source.follower.at(source.time);
        CHECK(place.beatsPerMinute == Approx(tempo).epsilon(0.02));
        CHECK(place.quarter == Approx(148.0 / 24.0).margin(0.02));
    }
}

TEST_CASE("stop stands still, continue goes on from there, start begins anew")
{
    Source source(120.0);
    source.say(clockStart);
    source.tick(24);
    const auto revision = source.follower.at(source.time).revision;
    source.say(clockStop);
    CHECK_FALSE(source.follower.at(source.time).playing);
    source.tick(10);
    CHECK_FALSE(source.follower.at(source.time).playing);
    CHECK(source.follower.at(source.time).quarter == 1.0);
    source.say(clockContinue);
    source.tick(1);
    auto place = source.follower.at(source.time - source.period());
    CHECK(place.playing);
    CHECK(place.start == 1.0);
    CHECK(place.quarter == Approx(1.0).margin(1e-6));
    CHECK(place.revision != revision);
    source.tick(23);
    source.say(clockStart);
    source.tick(1);
    CHECK(source.follower.at(source.time - source.period()).quarter == Approx(0.0).margin(1e-6));
}

TEST_CASE("song position moves the place, while stopped and while playing")
{
    Source source(120.0);
    source.tick(24);
    source.sayPosition(33);
    CHECK(source.follower.at(source.time).quarter == 8.25);
    source.say(clockContinue);
    source.tick(7);
    CHECK(source.follower.at(source.time).quarter == Approx(8.25 + 7.0 / 24.0));
    const auto revision = source.follower.at(source.time).revision;
    source.sayPosition(4);
    source.tick(1);
    CHECK(source.follower.at(source.time).revision != revision);
    CHECK(source.follower.at(source.time).start == 1.0);
}

TEST_CASE("a clock whose cable is pulled counts as stopped, and goes on when it is back")
{
    Source source(120.0);
    source.say(clockStart);
    source.tick(48);
    CHECK(source.follower.at(source.time + 0.1).playing);
    CHECK_FALSE(source.follower.at(source.time + 1.0).playing);
    source.time += 2.0;
    source.tick(4);
    const auto place = source.follower.at(source.time);
    CHECK(place.playing);
    CHECK(place.quarter == Approx(52.0 / 24.0).margin(0.01));
}

TEST_CASE("nonsense on the wire moves nothing")
{
    Source source(120.0);
    source.say(clockStart);
    source.tick(48);
    const auto before = source.follower.at(source.time);
    source.follower.receive(shortMessage(source.time, songPosition, 2, 5)); // cut short
    source.follower.receive(shortMessage(source.time, 0x90, 3, 60, 100));
    source.follower.receive(shortMessage(source.time, 0xfe));
    const auto after = source.follower.at(source.time);
    CHECK(after.quarter == before.quarter);
    CHECK(after.revision == before.revision);
    // Ticks faster than any music and all at once: finite, and within the range of tempos.
    for (int i = 0; i < 200; ++i)
        source.follower.receive(shortMessage(source.time, clockTick));
    CHECK(source.follower.at(source.time).beatsPerMinute <= 1601.0);
    CHECK(std::isfinite(source.follower.at(source.time).quarter));
}

// The place was computed from the tempo that was clamped, and ran a quarter note ahead.
TEST_CASE("a clock slower or faster than any music stays at the ticks that it has sent")
{
    for (const double tempo : {5.0, 1000.0, 3000.0}) {
        INFO(tempo);
        Source source(tempo);
        source.tick(24);
        source.say(clockStart);
        for (int ticks = 0; ticks < 96; ++ticks) {
            source.tick(1);
            const auto now = source.follower.at(source.time - source.period());
            CHECK(now.quarter == Approx(ticks / 24.0).margin(1.5 / 24.0));
        }
    }
}
