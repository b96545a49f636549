#include "ScriptedHost.h"

#include <limits>

using organum::player::EventList;
using organum::player::ticksPerQuarter;
using organum::player::Timeline;
using organum::player::TimelineNote;
using organum::test::Heard;
using organum::test::quarterNotes;
using organum::test::ScriptedHost;

namespace
{

/** Three bars with short notes, chords, repeated and overlapping pitches. */
std::unique_ptr<const Timeline> busyTake()
{
    std::mt19937 random(7);
    std::vector<TimelineNote> notes;
    const std::int64_t length = 12 * ticksPerQuarter;
    for (int i = 0; i < 120; ++i) {
        const auto onset = static_cast<std::int64_t>(random() % static_cast<unsigned>(length));
        notes.push_back({onset, onset + 1 + static_cast<std::int64_t>(random() % 20000),
                         static_cast<std::uint8_t>(40 + random() % 30), 80});
    }
    return std::make_unique<const Timeline>(notes, length, 4 * ticksPerQuarter);
}

constexpr std::int64_t tenSeconds = 480000;

} // namespace

TEST_CASE("each note of a take begins on its own sample, in time with the host")
{
    ScriptedHost host;
    host.player.publish(quarterNotes(1));
    host.run(4 * 24000, 256);
    const auto onsets = host.onsets();
    REQUIRE(onsets.size() == 4);
    for (int i = 0; i < 4; ++i) {
        CHECK(onsets[static_cast<std::size_t>(i)].sample == i * 24000);
        CHECK(onsets[static_cast<std::size_t>(i)].event.pitch == 60 + i);
    }
}

TEST_CASE("the take repeats as a loop that stays on the host's bars")
{
    ScriptedHost host;
    host.quarter = 6.0; // in the second bar of a one-bar take
    host.player.publish(quarterNotes(1));
    host.run(24000 * 6, 512);
    const auto onsets = host.onsets();
    REQUIRE(onsets.size() == 6);
    CHECK(onsets[0].event.pitch == 62);
    CHECK(onsets[2].event.pitch == 60);
    CHECK(onsets[2].sample == 48000);
}

TEST_CASE("the same events come however the host cuts time into blocks")
{
    for (const double tempo : {120.0, 97.3, 251.0, 33.3}) {
        for (const double rate : {44100.0, 48000.0, 96000.0}) {
            std::vector<Heard> reference;
            for (const int size : {1024, 1, 17, 64, 4096, -1}) {
                ScriptedHost host;
                host.tempo = tempo;
                host.sampleRate = rate;
                host.player.publish(busyTake());
                const std::int64_t length = size == 1 ? 100000 : tenSeconds;
                if (size < 0)
                    host.runUneven(length, 3000, 11);
                else
                    host.run(length, size);
                host.checkBalance();
                if (reference.empty()) {
                    reference = host.heard;
                    REQUIRE(reference.size() > 10);
                    continue;
                }
                std::vector<Heard> expected;
                for (const Heard& each : reference)
                    if (each.sample < length)
                        expected.push_back(each);
                INFO("tempo " << tempo << ", rate " << rate << ", block " << size);
                REQUIRE(host.heard == expected);
            }
        }
    }
}

TEST_CASE("a host that tells its position in samples only is followed exactly")
{
    ScriptedHost full;
    ScriptedHost samplesOnly;
    samplesOnly.tellsQuarter = false;
    for (ScriptedHost* host : {&full, &samplesOnly}) {
        host->player.publish(busyTake());
        host->run(tenSeconds, 333);
    }
    CHECK(full.heard == samplesOnly.heard);
}

TEST_CASE("a host that falls silent after the first block is reckoned on from there")
{
    ScriptedHost full;
    ScriptedHost quiet;
    full.player.publish(busyTake());
    quiet.player.publish(busyTake());
    full.run(tenSeconds, 256);
    quiet.block(256);
    quiet.tellsNothing = true;
    quiet.run(tenSeconds - 256, 256);
    CHECK(full.heard == quiet.heard);
}

TEST_CASE("a position rounded to 1/1920 quarter neither doubles nor loses a note")
{
    ScriptedHost exact;
    ScriptedHost rounded;
    rounded.quarterRounding = 1.0 / 1920.0;
    for (ScriptedHost* host : {&exact, &rounded}) {
        host->tempo = 90.0;
        host->player.publish(quarterNotes(4));
        host->run(2 * tenSeconds, 256);
    }
    const auto expected = exact.onsets();
    const auto onsets = rounded.onsets();
    REQUIRE(onsets.size() == expected.size());
    for (std::size_t i = 0; i < onsets.size(); ++i) {
        CHECK(onsets[i].event.pitch == expected[i].event.pitch);
        CHECK(std::abs(onsets[i].sample - expected[i].sample) <= 20);
    }
}

TEST_CASE("a tempo ramp plays every note once")
{
    ScriptedHost host;
    host.player.publish(quarterNotes(4));
    while (host.quarter < 32.0) {
        host.tempo = 60.0 + 4.0 * host.quarter;
        host.block(480);
    }
    const auto onsets = host.onsets();
    REQUIRE(onsets.size() >= 32);
    for (std::size_t i = 0; i < onsets.size(); ++i)
        CHECK(onsets[i].event.pitch == 60 + static_cast<int>(i % 16));
    host.checkBalance();
}

TEST_CASE("stopping ends every note at the start of the first stopped block")
{
    ScriptedHost host;
    host.player.publish(quarterNotes(1));
    host.run(30000, 512);
    REQUIRE(host.player.soundingNotes() == 1);
    host.playing = false;
    const std::int64_t stoppedAt = host.elapsed;
    host.block(512);
    CHECK(host.checkBalance() == 0);
    CHECK(host.heard.back().sample == stoppedAt);
    const std::size_t count = host.heard.size();
    host.run(48000, 512);
    CHECK(host.heard.size() == count);
}

TEST_CASE("a locate ends what sounds and goes on from the new place")
{
    for (const double target : {2.0, 10.0, 0.0, 1.5}) {
        ScriptedHost host;
        host.player.publish(quarterNotes(2));
        host.run(60000, 500); // in the middle of the third note
        host.quarter = target;
        host.sampleTime = static_cast<std::int64_t>(target * 24000);
        const std::size_t before = host.heard.size();
        const std::int64_t at = host.elapsed;
        host.run(24000 * 3, 500);
        REQUIRE(host.heard.size() > before);
        CHECK(host.heard[before].event.isNoteOff());
        CHECK(host.heard[before].sample == at);
        host.checkBalance();
        const auto onsets = host.onsets();
        CHECK(onsets.back().event.pitch == 60 + static_cast<int>(std::ceil(target) + 2) % 8);
    }
}

TEST_CASE("the host's loop is cut where it ends, inside a block or between blocks")
{
    std::vector<Heard> reference;
    for (const int size : {100, 6000, 4096, 997}) {
        for (const bool told : {true, false}) {
            ScriptedHost host;
            host.loop = std::make_pair(1.0, 4.0);
            host.tellsLoop = told;
            host.quarter = 1.0;
            host.player.publish(quarterNotes(4));
            host.run(24000 * 12, size);
            host.checkBalance();
            if (told) {
                if (reference.empty())
                    reference = host.heard;
                REQUIRE(host.heard == reference);
            } else {
                // The wrap is seen one block late at most.
                REQUIRE(host.onsets().size() >= 4 * 2);
            }
        }
    }
    REQUIRE(reference.size() >= 2 * 12 - 1);
    const std::vector<int> pitches = {61, 62, 63, 61, 62, 63, 61, 62, 63, 61, 62, 63};
    int index = 0;
    for (const Heard& each : reference)
        if (each.event.isNoteOn()) {
            CHECK(each.event.pitch == pitches[static_cast<std::size_t>(index)]);
            CHECK(each.sample == index * 24000);
            ++index;
        }
    CHECK(index == 12);
}

TEST_CASE("nothing plays in a count-in before quarter 0")
{
    ScriptedHost host;
    host.quarter = -4.0;
    host.sampleTime = 0; // clamped by the host
    host.player.publish(quarterNotes(1));
    host.run(24000 * 5, 256);
    const auto onsets = host.onsets();
    REQUIRE(onsets.size() == 1);
    CHECK(onsets[0].sample == 4 * 24000);
}

TEST_CASE("new music comes in at the next bar line")
{
    ScriptedHost host;
    host.player.publish(quarterNotes(2, 60));
    host.run(24000 + 12000, 512);
    host.player.publish(quarterNotes(2, 20));
    host.run(24000 * 7, 512);
    host.checkBalance();
    for (const Heard& each : host.onsets()) {
        const bool isNew = each.event.pitch < 60;
        CHECK(isNew == (each.sample >= 4 * 24000));
    }
}

TEST_CASE("new music is taken at once while the host stands still")
{
    ScriptedHost host;
    host.player.publish(quarterNotes(1, 60));
    host.run(1000, 512);
    host.playing = false;
    host.block(512);
    host.player.publish(quarterNotes(1, 20));
    host.block(512);
    host.playing = true;
    host.quarter = 1.0;
    host.run(100, 512);
    CHECK(host.onsets().back().event.pitch == 21);
}

TEST_CASE("bypass, release and a new channel leave no note hanging")
{
    ScriptedHost host;
    host.player.publish(quarterNotes(1));
    host.run(30000, 512);
    SECTION("bypass")
    {
        host.bypassed = true;
        host.run(48000, 512);
        CHECK(host.checkBalance() == 0);
        host.bypassed = false;
        host.run(48000, 512);
        CHECK(host.onsets().size() == 2 + 2);
    }
    SECTION("release")
    {
        host.player.releaseNotes();
        const std::size_t before = host.heard.size();
        host.block(512);
        REQUIRE(host.heard.size() == before + 1);
        CHECK(host.heard.back().event.isNoteOff());
    }
    SECTION("channel")
    {
        host.context.channel = 5;
        host.run(24000, 512);
        CHECK(host.checkBalance() == 1);
        CHECK(host.onsets().back().event.channel() == 5);
    }
}

TEST_CASE("a repeated pitch is ended before it begins again")
{
    ScriptedHost host;
    std::vector<TimelineNote> notes = {{0, 3 * ticksPerQuarter, 60, 90},
                                       {ticksPerQuarter, 2 * ticksPerQuarter, 60, 90}};
    host.player.publish(
        std::make_unique<const Timeline>(notes, 4 * ticksPerQuarter, 4 * ticksPerQuarter));
    host.run(24000 * 4 - 1, 256);
    CHECK(host.checkBalance() == 0);
    CHECK(host.onsets().size() == 2);
}

TEST_CASE("a block never holds more events than wrappers take, and every note still ends")
{
    ScriptedHost host;
    std::vector<TimelineNote> notes;
    for (int i = 0; i < 4000; ++i)
        notes.push_back({i * 8, i * 8 + 40000, static_cast<std::uint8_t>(i % 128), 90});
    host.player.publish(
        std::make_unique<const Timeline>(notes, 4 * ticksPerQuarter, 4 * ticksPerQuarter));
    host.run(24000 * 4, 4096); // the list itself refuses a 129th event
    host.playing = false;
    host.block(64);
    CHECK(host.checkBalance() == 0);
    CHECK(host.player.droppedNotes() > 0);
}

TEST_CASE("without a running host the take can be heard by itself")
{
    ScriptedHost host;
    host.playing = false;
    host.player.publish(quarterNotes(1));
    host.context.audition = true;
    host.context.auditionTempo = 60.0;
    host.run(48000 * 4, 480);
    const auto onsets = host.onsets();
    REQUIRE(onsets.size() == 4);
    CHECK(onsets[1].sample == 48000);
    CHECK(host.player.isPlaying());
    host.context.audition = false;
    host.block(480);
    CHECK(host.checkBalance() == 0);
    CHECK_FALSE(host.player.isPlaying());
}

TEST_CASE("senseless positions from a host do no harm")
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    for (const double bad : {nan, infinite, -infinite, 1.0e300}) {
        ScriptedHost host;
        host.player.publish(quarterNotes(1));
        host.run(24000, 512);
        host.quarter = bad;
        host.tempo = bad;
        for (int i = 0; i < 50; ++i)
            host.block(512);
        host.playing = false;
        host.block(512);
        CHECK(host.checkBalance() == 0);
    }
}
