// One-shot, hold and latch, the clock of one's own, and panic.

#include "ScriptedHost.h"

using organum::player::Grid;
using organum::player::Mode;
using organum::player::ticksPerQuarter;
using organum::test::Heard;
using organum::test::quarterNotes;
using organum::test::ScriptedHost;

namespace
{

constexpr std::int64_t quarter = 24000; // samples at 120 quarter notes a minute

struct TriggeredHost : ScriptedHost
{
    explicit TriggeredHost(Mode mode, Grid grid = Grid::atOnce, int bars = 1)
    {
        context.mode.mode = mode;
        context.mode.grid = grid;
        player.publish(quarterNotes(bars));
    }
};

} // namespace

TEST_CASE("a one-shot waits for a key, plays its bars once and ends")
{
    TriggeredHost host(Mode::oneShot);
    host.press(60, 10000);
    host.release(60, 12000);
    host.run(8 * quarter, 256);
    CHECK(host.pitches() == std::vector<int>{60, 61, 62, 63});
    CHECK(std::abs(host.onsets().front().sample - 10000) <= 3); // a tick is 2.4 samples long
    CHECK(host.checkBalance() == 0);
    CHECK_FALSE(host.player.isPlaying());
    host.press(60, 9 * quarter);
    host.run(8 * quarter, 256);
    CHECK(host.onsets().size() == 8);
    CHECK(host.checkBalance() == 0);
}

TEST_CASE("a one-shot begins on the chosen grid")
{
    const std::map<Grid, std::int64_t> expected = {{Grid::sixteenth, 2 * quarter + quarter / 4},
                                                   {Grid::eighth, 2 * quarter + quarter / 2},
                                                   {Grid::quarter, 3 * quarter},
                                                   {Grid::bar, 4 * quarter}};
    for (const auto& [grid, sample] : expected) {
        TriggeredHost host(Mode::oneShot, grid);
        host.press(60, 2 * quarter + 100);
        host.run(12 * quarter, 333);
        REQUIRE(host.onsets().size() == 4);
        CHECK(host.onsets().front().sample == sample);
    }
    TriggeredHost host(Mode::oneShot, Grid::bar);
    host.press(60, 4 * quarter); // right on the bar line: no bar is waited
    host.run(12 * quarter, 333);
    CHECK(host.onsets().front().sample == 4 * quarter);
}

TEST_CASE("another key begins a one-shot anew and ends what sounds")
{
    TriggeredHost host(Mode::oneShot);
    host.press(60, 0);
    host.press(64, quarter * 5 / 2);
    host.run(10 * quarter, 256);
    CHECK(host.pitches() == std::vector<int>{60, 61, 62, 60, 61, 62, 63});
    CHECK(host.checkBalance() == 0);
}

TEST_CASE("while held, the take plays round after round, and the release ends it")
{
    TriggeredHost host(Mode::hold);
    host.press(48, 1000);
    host.press(52, 2 * quarter); // legato: nothing begins anew
    host.release(48, 3 * quarter);
    host.release(52, 6 * quarter + 5000);
    host.run(12 * quarter, 256);
    CHECK(host.pitches() == std::vector<int>{60, 61, 62, 63, 60, 61, 62});
    CHECK(host.checkBalance() == 0);
    CHECK(std::abs(host.heard.back().sample - (6 * quarter + 5000)) <= 3);
}

TEST_CASE("a key that is let go before the grid begins nothing")
{
    TriggeredHost host(Mode::hold, Grid::bar);
    host.press(48, 1000);
    host.release(48, 2000);
    host.run(8 * quarter, 256);
    CHECK(host.heard.empty());
}

TEST_CASE("a key that is held when the host starts is a key pressed there")
{
    TriggeredHost host(Mode::hold);
    host.playing = false;
    host.press(48, 100);
    host.run(1024, 256);
    CHECK(host.heard.empty());
    host.playing = true;
    host.run(quarter, 256);
    CHECK(host.onsets().size() == 1);
}

TEST_CASE("latch: a key starts the take and the next one ends it")
{
    TriggeredHost host(Mode::latch, Grid::quarter);
    host.press(48, 100);
    host.release(48, 200);
    host.press(50, 6 * quarter - 100);
    host.release(50, 6 * quarter);
    host.run(12 * quarter, 256);
    CHECK(host.pitches() == std::vector<int>{60, 61, 62, 63, 60});
    CHECK(host.onsets().front().sample == quarter);
    CHECK(host.checkBalance() == 0);
    host.press(48, 12 * quarter + 10);
    host.run(2 * quarter, 256);
    CHECK(host.onsets().size() == 6);
}

TEST_CASE("triggered playing is the same however the host cuts time into blocks")
{
    for (const Mode mode : {Mode::oneShot, Mode::hold, Mode::latch}) {
        for (const Grid grid : {Grid::atOnce, Grid::eighth}) {
            std::vector<Heard> reference;
            for (const int size : {1024, 1, 17, 4096, -1}) {
                TriggeredHost host(mode, grid);
                host.tempo = 97.3;
                for (int i = 0; i < 30; ++i) {
                    host.press(40 + i % 3, 3001 + i * 17777);
                    host.release(40 + i % 3, 3001 + i * 17777 + (i % 4) * 9001 + 1);
                }
                if (size < 0)
                    host.runUneven(200000, 3000, 5);
                else
                    host.run(200000, size);
                host.checkBalance();
                if (reference.empty())
                    reference = host.heard;
                INFO("block " << size);
                REQUIRE(reference.size() > 4);
                REQUIRE(host.heard == reference);
            }
        }
    }
}

TEST_CASE("a jump of the host does not end what a key has started")
{
    TriggeredHost host(Mode::oneShot, Grid::atOnce, 2);
    host.press(60, 0);
    host.run(3 * quarter, 500);
    host.quarter = 100.25;
    host.sampleTime = 100 * quarter + 6000;
    host.run(10 * quarter, 500);
    CHECK(host.pitches() == std::vector<int>{60, 61, 62, 63, 64, 65, 66, 67});
    CHECK(host.checkBalance() == 0);
}

TEST_CASE("the host's stop ends a shot and unlatches")
{
    for (const Mode mode : {Mode::oneShot, Mode::latch}) {
        TriggeredHost host(mode);
        host.press(60, 0);
        host.release(60, 1);
        host.run(quarter, 500);
        host.playing = false;
        host.block(500);
        CHECK(host.checkBalance() == 0);
        host.playing = true;
        const auto before = host.heard.size();
        host.run(4 * quarter, 500);
        CHECK(host.heard.size() == before);
    }
}

TEST_CASE("another mode ends what sounds and leaves no note hanging")
{
    for (const Mode from :
         {Mode::loop, Mode::endless, Mode::oneShot, Mode::callAndResponse, Mode::hold, Mode::latch})
        for (const Mode to : {Mode::loop, Mode::endless, Mode::oneShot, Mode::callAndResponse,
                              Mode::hold, Mode::latch}) {
            TriggeredHost host(from);
            host.press(60, 0);
            host.run(quarter * 3 / 2, 500);
            if (from != Mode::callAndResponse)
                REQUIRE(host.checkBalance() == 1);
            host.context.mode.mode = to;
            host.run(3 * quarter, 500);
            host.checkBalance();
            host.playing = false;
            host.block(500);
            CHECK(host.checkBalance() == 0);
        }
}

TEST_CASE("a change of tempo or metre while a key plays the take loses no note")
{
    TriggeredHost host(Mode::latch);
    host.press(60, 0);
    host.run(2 * quarter, 256);
    host.tempo = 90.0;
    host.run(2 * 32000, 256);
    host.metre = {3, 4};
    host.tempo = 180.0;
    host.run(8 * 16000, 256);
    CHECK(host.pitches() == std::vector<int>{60, 61, 62, 63, 60, 61, 62, 63, 60, 61, 62, 63});
    CHECK(host.checkBalance() <= 1);
}

TEST_CASE("new music comes into a latched take at its own bar line")
{
    TriggeredHost host(Mode::latch);
    host.press(60, 6000);
    host.run(2 * quarter, 256);
    host.player.publish(quarterNotes(1, 20));
    host.run(6 * quarter, 256);
    for (const Heard& each : host.onsets())
        CHECK((each.event.pitch < 60) == (each.sample >= 4 * quarter + 6000 - 3));
    host.checkBalance();
}

TEST_CASE("run free: the take plays by its own tempo, whatever the host does")
{
    for (const bool hostPlays : {false, true}) {
        TriggeredHost host(Mode::loop);
        host.playing = hostPlays;
        host.quarter = 77.7;
        host.context.runsFree = true;
        host.context.freeTempo = 60.0;
        host.run(4 * 48000, 480);
        const auto onsets = host.onsets();
        REQUIRE(onsets.size() == 4);
        CHECK(onsets[0].sample == 0);
        CHECK(onsets[3].sample == 3 * 48000);
        host.context.runsFree = false;
        host.playing = false;
        host.block(480);
        CHECK(host.checkBalance() == 0);
        host.context.runsFree = true;
        host.block(480);
        CHECK(host.onsets().back().event.pitch == 60); // from its start again
    }
}

TEST_CASE("run free: a key starts a one-shot while the host stands still")
{
    TriggeredHost host(Mode::oneShot);
    host.playing = false;
    host.context.runsFree = true;
    host.press(60, 5000);
    host.run(6 * quarter, 256);
    CHECK(host.onsets().size() == 4);
    CHECK(host.checkBalance() == 0);
}

TEST_CASE("panic ends all that sounds at once, on every channel that was used")
{
    ScriptedHost host;
    host.player.publish(quarterNotes(1));
    host.run(quarter + 1000, 500);
    host.context.channel = 4;
    host.run(quarter, 500);
    REQUIRE(host.checkBalance() == 1);
    const auto before = host.heard.size();
    const std::int64_t at = host.elapsed;
    host.context.panics = true;
    host.block(500);
    REQUIRE(host.heard.size() == before + 5);
    CHECK(host.heard[before].event.isNoteOff());
    std::map<int, std::vector<int>> controllers;
    for (std::size_t i = before; i < host.heard.size(); ++i) {
        CHECK(host.heard[i].sample == at);
        if (host.heard[i].isControl())
            controllers[host.heard[i].event.channel()].push_back(host.heard[i].event.pitch);
    }
    CHECK(controllers[0] == std::vector<int>{120, 123});
    CHECK(controllers[4] == std::vector<int>{120, 123});
    host.run(2 * quarter, 500);
    CHECK(host.onsets().back().sample > at); // a loop plays on
}

TEST_CASE("panic ends a latched take for good")
{
    TriggeredHost host(Mode::latch);
    host.press(60, 0);
    host.run(quarter, 500);
    host.context.panics = true;
    host.run(4 * quarter, 500);
    CHECK(host.onsets().size() == 1);
    CHECK(host.checkBalance() == 0);
}
