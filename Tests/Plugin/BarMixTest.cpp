#include "Plugin/BarMix.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace organum::plugin;

namespace
{

/** A note of half a bar on every half bar; the last note of a bar is tied over the bar line. */
Take lineOf(int bars, int pitch, std::uint64_t seed)
{
    Take take;
    take.model = "Line";
    take.bars = bars;
    take.seed = seed;
    take.settings.emplace();
    take.settings->seed = static_cast<int>(seed);
    const std::int64_t half = take.barLength() / 2;
    for (int bar = 0; bar < bars; ++bar) {
        const bool isLast = bar == bars - 1;
        take.notes.push_back({bar * take.barLength(), half, pitch, 80});
        take.notes.push_back(
            {bar * take.barLength() + half, isLast ? half : half + half / 2, pitch + 1, 80});
    }
    return take;
}

int barsAt(const Take& take, int pitch)
{
    int bars = 0;
    for (const TakeNote& note : take.notes)
        bars += note.pitch == pitch ? 1 : 0;
    return bars;
}

} // namespace

TEST_CASE("a mix of bars is A at one end, B at the other, and their share between")
{
    const Take a = lineOf(8, 60, 1);
    const Take b = lineOf(8, 72, 2);
    REQUIRE(barMixProblem(a, b).empty());
    CHECK(mixedByBars(a, b, 0.0) == a);
    CHECK(mixedByBars(a, b, 1.0) == b);
    CHECK(barsAt(mixedByBars(a, b, 0.25), 72) == 2);
    CHECK(barsAt(mixedByBars(a, b, 0.25), 60) == 6);
    CHECK(barsAt(mixedByBars(a, b, 0.75), 72) == 6);
    CHECK(mixedByBars(a, b, 0.3) == mixedByBars(a, b, 0.3));
    CHECK(mixedByBars(a, b, 0.3).settings->seed == 1);
    CHECK(mixedByBars(a, b, 0.7).settings->seed == 2);
}

TEST_CASE("a bar that has come over stays as the mix goes on")
{
    const Take a = lineOf(8, 60, 1);
    const Take b = lineOf(8, 72, 2);
    std::vector<std::int64_t> before;
    for (int step = 0; step <= 8; ++step) {
        const Take mixed = mixedByBars(a, b, step / 8.0);
        std::vector<std::int64_t> now;
        for (const TakeNote& note : mixed.notes)
            if (note.pitch == 72)
                now.push_back(note.onset);
        CHECK(now.size() == static_cast<std::size_t>(step));
        CHECK(std::includes(now.begin(), now.end(), before.begin(), before.end()));
        before = now;
    }
}

TEST_CASE("a note tied into a bar of the other take ends at the bar line, and only there")
{
    const Take a = lineOf(8, 60, 1);
    const Take b = lineOf(8, 72, 2);
    for (int step = 0; step <= 8; ++step) {
        const Take mixed = mixedByBars(a, b, step / 8.0);
        CHECK(problemWith(mixed).empty());
        for (std::size_t i = 1; i + 1 < mixed.notes.size(); i += 2) {
            const TakeNote& tied = mixed.notes[i];
            const bool goesOn = mixed.notes[i + 1].pitch == tied.pitch - 1;
            CHECK(tied.duration == (goesOn ? a.barLength() * 3 / 4 : a.barLength() / 2));
        }
    }
}

TEST_CASE("a shorter take is repeated under a longer one, and no note leaves the take")
{
    const Take a = lineOf(2, 60, 1);
    const Take b = lineOf(7, 72, 2);
    for (const double t : {0.0, 0.2, 0.49, 0.5, 0.8, 1.0}) {
        const Take mixed = mixedByBars(a, b, t);
        CHECK(mixed.bars == (t < 0.5 ? 2 : 7));
        CHECK(mixed.notes.size() == static_cast<std::size_t>(2 * mixed.bars));
        CHECK(problemWith(mixed).empty());
    }
}

TEST_CASE("takes of other models, metres or voices are not mixed, and one is told why")
{
    const Take a = lineOf(4, 60, 1);
    Take b = a;
    b.model = "Other";
    CHECK(barMixProblem(a, b).find("same model") != std::string::npos);
    b = a;
    b.metreNumerator = 3;
    CHECK(barMixProblem(a, b).find("A is in 4/4, B in 3/4") != std::string::npos);
    b = a;
    b.voiceNames = {"High", "Low"};
    CHECK(barMixProblem(a, b).find("same voices") != std::string::npos);
}
