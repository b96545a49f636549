// Endless music as the player sees it: stretches for places in the host's time, and late bars.

#include "ScriptedHost.h"

using namespace organum::player;
using organum::test::Heard;
using organum::test::quarterNotes;
using organum::test::ScriptedHost;

namespace
{

constexpr std::int64_t bar = 4 * ticksPerQuarter;
constexpr std::int64_t barSamples = 4 * 24000;

/** Bars [first, end): a note at each bar line whose pitch says which bar it is. */
std::unique_ptr<const Timeline> stretch(int first, int end, std::uint64_t take = 1)
{
    std::vector<TimelineNote> notes;
    for (int i = 0; i < end - first; ++i)
        notes.push_back({i * bar, (i + 1) * bar, static_cast<std::uint8_t>(first + i), 90});
    return std::make_unique<const Timeline>(notes, (end - first) * bar, bar, 1,
                                            Provenance{take, 9, first * bar});
}

struct EndlessHost : ScriptedHost
{
    EndlessHost()
    {
        context.mode.mode = Mode::endless;
        player.publish(stretch(0, 2));
    }
};

/** Publishes more when it is waited for, as a worker does that is slow. */
struct SlowWorker : Patience
{
    explicit SlowWorker(Player& playerIn)
        : player(playerIn)
    {
    }
    bool waitForMusic() override
    {
        ++waits;
        const int first = static_cast<int>(player.position() / bar);
        if (first < limit)
            player.publishStream(stretch(first, first + 3));
        return true;
    }
    Player& player;
    int waits = 0;
    int limit = 1000;
};

} // namespace

TEST_CASE("endless: the take is the beginning, and what is written in time follows it")
{
    EndlessHost host;
    host.player.publishStream(stretch(0, 6));
    host.run(3 * barSamples, 512);
    host.player.publishStream(stretch(2, 10));
    host.run(7 * barSamples, 512);
    CHECK(host.pitches() == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    CHECK(host.player.lateBars() == 0);
    host.checkBalance();
}

TEST_CASE("endless: while the next bars are late the last ones repeat and are counted")
{
    EndlessHost host;
    host.player.publishStream(stretch(0, 6));
    host.run(9 * barSamples, 512);
    CHECK(host.pitches() == std::vector<int>{0, 1, 2, 3, 4, 5, 2, 3, 4});
    CHECK(host.player.lateBars() == 3);
    host.player.publishStream(stretch(4, 12));
    host.run(2 * barSamples, 512);
    CHECK(host.pitches().back() == 10);
    CHECK(host.player.lateBars() == 3);
    host.checkBalance();
}

TEST_CASE("endless: going back gives the same bars again")
{
    EndlessHost host;
    host.player.publishStream(stretch(0, 12));
    host.run(5 * barSamples, 512);
    host.quarter = 4.0;
    host.sampleTime = barSamples;
    host.run(3 * barSamples, 512);
    CHECK(host.pitches() == std::vector<int>{0, 1, 2, 3, 4, 1, 2, 3});
    host.loop = std::make_pair(8.0, 16.0);
    host.quarter = 8.0;
    host.sampleTime = 2 * barSamples;
    host.run(4 * barSamples, 512);
    CHECK(host.pitches() == std::vector<int>{0, 1, 2, 3, 4, 1, 2, 3, 2, 3, 2, 3});
    CHECK(host.player.lateBars() == 0);
    host.checkBalance();
}

TEST_CASE("endless: music of another take is not mistaken for this one's")
{
    EndlessHost host;
    host.context.mode.mode = Mode::loop;
    host.player.publishStream(stretch(0, 12, 77));
    host.run(barSamples, 512);
    host.context.mode.mode = Mode::endless;
    host.block(512); // takes the waiting stretch in: the worker said that it belongs here
    host.context.mode.mode = Mode::loop;
    host.block(512);
    host.context.mode.mode = Mode::endless;
    const auto before = host.onsets().size();
    host.run(3 * barSamples, 512);
    const auto pitches = host.pitches();
    for (std::size_t i = before; i < pitches.size(); ++i)
        CHECK(pitches[i] < 2);
}

TEST_CASE("endless: the same events come however time is cut, and at any tempo")
{
    for (const double tempo : {120.0, 251.0}) {
        std::vector<Heard> reference;
        for (const int size : {1024, 17, 4096, -1}) {
            EndlessHost host;
            host.tempo = tempo;
            host.player.publishStream(stretch(0, 4));
            if (size < 0)
                host.runUneven(7 * barSamples, 3000, 11);
            else
                host.run(7 * barSamples, size);
            if (reference.empty())
                reference = host.heard;
            REQUIRE(host.heard == reference);
        }
    }
}

TEST_CASE("endless, offline: the player waits, and no bar is late")
{
    EndlessHost host;
    SlowWorker worker(host.player);
    host.context.patience = &worker;
    host.run(20 * barSamples, 4096);
    std::vector<int> expected;
    for (int i = 0; i < 20; ++i)
        expected.push_back(i);
    CHECK(host.pitches() == expected);
    CHECK(worker.waits == 20); // once a bar
    CHECK(host.player.lateBars() == 0);
}

TEST_CASE("endless, offline: what never comes is given up and counted")
{
    EndlessHost host;
    SlowWorker worker(host.player);
    worker.limit = 4;
    host.context.patience = &worker;
    host.run(8 * barSamples, 4096);
    CHECK(host.pitches() == std::vector<int>{0, 1, 2, 3, 4, 5, 3, 4});
    CHECK(host.player.lateBars() == 2);
}

TEST_CASE("a take that is asked for in time with the host comes in where it is due")
{
    for (const bool inTime : {true, false}) {
        ScriptedHost host;
        host.player.publish(quarterNotes(1, 60));
        host.run(barSamples, 500);
        host.context.promises = host.context.expects = true;
        host.block(500); // on the bar line: the bar after it is the one that is meant
        if (inTime) {
            host.player.publish(quarterNotes(1, 20));
            host.context.expects = false;
        }
        host.run(2 * barSamples, 500);
        CHECK(host.player.lateBars() == (inTime ? 0 : 2));
        for (const Heard& each : host.onsets())
            CHECK((each.event.pitch < 60) == (inTime && each.sample >= 2 * barSamples));
        if (!inTime) {
            host.player.publish(quarterNotes(1, 20));
            host.run(2 * barSamples, 500);
            CHECK(host.onsets().back().event.pitch < 60);
        }
        host.checkBalance();
    }
}
