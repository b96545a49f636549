// A score as the messages that play it.

#include "Live/Schedule.h"

#include <catch2/catch.hpp>

using namespace organum;

namespace
{

score::Score scoreOf(std::vector<score::Note> notes)
{
    score::Score score;
    score.parts.push_back({"", 2, 40, std::move(notes)});
    return score;
}

} // namespace

TEST_CASE("a tempo map knows when every quarter note sounds")
{
    const live::TempoMap map({{score::Quarters(0), 500000}, {score::Quarters(4), 1000000}});
    CHECK(map.secondsAt(0.0) == 0.0);
    CHECK(map.secondsAt(4.0) == Approx(2.0));
    CHECK(map.secondsAt(6.0) == Approx(4.0));
    CHECK(map.secondsAt(-1.0) == Approx(-0.5));
    CHECK(map.beatsPerMinuteAt(3.9) == Approx(120.0));
    CHECK(map.beatsPerMinuteAt(4.0) == Approx(60.0));
    const live::TempoMap twice({{score::Quarters(0), 500000}, {score::Quarters(4), 1000000}}, 2.0);
    CHECK(twice.secondsAt(6.0) == Approx(2.0));
    CHECK(live::TempoMap({}).secondsAt(2.0) == Approx(1.0));
}

TEST_CASE("notes are played in order, and at one place ends come before beginnings")
{
    const auto schedule = live::scheduleOf(
        scoreOf({{60, 90, {0}, {1}}, {60, 80, {1}, {1}}, {64, 70, {1, 2}, {1, 2}}}));
    REQUIRE(schedule.size() == 6);
    for (std::size_t i = 1; i < schedule.size(); ++i)
        CHECK(schedule[i - 1].quarter <= schedule[i].quarter);
    CHECK(schedule[0].message.status() == 0x92);
    CHECK(schedule[2].message.isNoteOff());
    CHECK(schedule[3].message.isNoteOff());
    CHECK(schedule[4].message.isNoteOn());
    CHECK(schedule[4].message.bytes[2] == 80);
}

TEST_CASE("a note that begins while its pitch still sounds ends the earlier one")
{
    const auto schedule =
        live::scheduleOf(scoreOf({{60, 90, {0}, {4}}, {60, 80, {1}, {1}}, {60, 70, {1}, {1, 2}}}));
    REQUIRE(schedule.size() == 4);
    CHECK(schedule[1].message.isNoteOff());
    CHECK(schedule[1].quarter == 1.0);
    CHECK(schedule[2].message.isNoteOn());
    CHECK(schedule[3].quarter == 2.0);
}

TEST_CASE("a loop lasts until the end of the last bar")
{
    auto score = scoreOf({{60, 90, {0}, {5}}});
    CHECK(live::loopLength(score) == 8.0);
    score.metres.push_back({score::Quarters(0), 5, 4});
    CHECK(live::loopLength(score) == 5.0);
    const auto programs = live::programChanges(score);
    REQUIRE(programs.size() == 1);
    CHECK(programs[0].status() == 0xc2);
    CHECK(programs[0].bytes[1] == 40);
}
