// Music with voices: channels, muting, and new music coming in under notes that sound.

#include "ScriptedHost.h"

#include <limits>
#include <set>

using organum::player::ticksPerQuarter;
using organum::player::Timeline;
using organum::player::TimelineNote;
using organum::test::Heard;
using organum::test::quarterNotes;
using organum::test::ScriptedHost;

namespace
{

constexpr std::int64_t quarter = ticksPerQuarter;
constexpr std::int64_t bar = 4 * quarter;

std::unique_ptr<const Timeline> voices(std::vector<TimelineNote> notes, int bars = 2)
{
    return std::make_unique<const Timeline>(std::move(notes), bars * bar, bar, 4);
}

/** Each voice repeats its own pitch: 70, 60, 50, 40, in quarters, halves, three quarters, wholes.
 */
std::unique_ptr<const Timeline> choir(int bars = 2, int higher = 0)
{
    std::vector<TimelineNote> notes;
    for (int voice = 0; voice < 4; ++voice) {
        const std::int64_t step = (voice + 1) * quarter;
        for (std::int64_t at = 0; at < bars * bar; at += step)
            notes.push_back({at, std::min(at + step, bars * bar),
                             static_cast<std::uint8_t>(70 - 10 * voice + higher), 90,
                             static_cast<std::uint8_t>(voice)});
    }
    return voices(notes, bars);
}

int soundingOn(const ScriptedHost& host, int channel)
{
    int count = 0;
    for (const Heard& each : host.heard)
        if (each.event.channel() == channel)
            count += each.event.isNoteOn() ? 1 : -1;
    return count;
}

std::vector<Heard> onChannel(const std::vector<Heard>& heard, int channel)
{
    std::vector<Heard> result;
    for (const Heard& each : heard)
        if (each.event.channel() == channel)
            result.push_back(each);
    return result;
}

} // namespace

TEST_CASE("voices play on their own channels")
{
    ScriptedHost host;
    host.context.channel = 9;
    host.context.voiceChannels = {0, 5, 2, 15};
    host.player.publish(choir());
    host.run(2 * 96000, 256);
    std::map<int, std::set<int>> pitches;
    for (const Heard& each : host.onsets())
        pitches[each.event.channel()].insert(each.event.pitch);
    const std::map<int, std::set<int>> expected = {{0, {70}}, {5, {60}}, {2, {50}}, {15, {40}}};
    CHECK(pitches == expected);
    host.checkBalance();
}

TEST_CASE("music without voices minds neither the voices' channels nor their muting")
{
    ScriptedHost host;
    host.context.channel = 9;
    host.context.mutedVoices = 0b1111;
    host.player.publish(quarterNotes(1));
    host.run(96000, 256);
    REQUIRE(host.onsets().size() == 4);
    for (const Heard& each : host.onsets())
        CHECK(each.event.channel() == 9);
    host.context.voiceChannels = {4, 4, 4, 4};
    host.block(256);
    CHECK(host.checkBalance() == 1);
}

TEST_CASE("a muted voice ends at once, the others go on, and it comes back with its next note")
{
    ScriptedHost host;
    host.player.publish(choir());
    host.run(12000, 500);
    REQUIRE(host.checkBalance() == 4);
    host.context.mutedVoices = 0b0010;
    const std::int64_t mutedAt = host.elapsed;
    host.block(500);
    CHECK(host.checkBalance() == 3);
    CHECK(host.heard.back().sample == mutedAt);
    CHECK(host.heard.back().event.isNoteOff());
    CHECK(host.heard.back().event.pitch == 60);
    host.run(96000, 500);
    CHECK(onChannel(host.onsets(), 1).size() == 1);
    CHECK(onChannel(host.onsets(), 0).size() == 5);
    host.context.mutedVoices = 0;
    host.run(48000, 500);
    CHECK(onChannel(host.onsets(), 1).size() >= 2);
    host.playing = false;
    host.block(64);
    CHECK(host.checkBalance() == 0);
}

TEST_CASE("a voice that moves to another channel leaves no note behind")
{
    ScriptedHost host;
    host.player.publish(choir());
    host.run(12000, 500);
    host.context.voiceChannels[3] = 8;
    host.block(500);
    CHECK(soundingOn(host, 3) == 0);
    CHECK(host.checkBalance() == 3); // the others go on
    host.run(96000, 500);
    CHECK(soundingOn(host, 8) == 1);
    CHECK(soundingOn(host, 3) == 0);
    host.checkBalance();
}

TEST_CASE("two voices in unison on one channel are one key that lasts as long as the longer")
{
    const auto unison = [] {
        return voices({{0, quarter, 60, 90, 0}, {0, 3 * quarter, 60, 90, 1}});
    };
    SECTION("on one channel")
    {
        ScriptedHost host;
        host.context.voiceChannels = {2, 2, 2, 2};
        host.player.publish(unison());
        host.run(95999, 256);
        REQUIRE(host.heard.size() == 2);
        CHECK(host.heard[1].sample == 3 * 24000);
    }
    SECTION("muting one of them leaves the other")
    {
        ScriptedHost host;
        host.context.voiceChannels = {2, 2, 2, 2};
        host.player.publish(unison());
        host.run(12000, 256);
        host.context.mutedVoices = 0b0001;
        host.run(12000, 256);
        CHECK(host.checkBalance() == 1);
        host.context.mutedVoices = 0b0011;
        host.block(256);
        CHECK(host.checkBalance() == 0);
    }
    SECTION("on two channels they are two keys")
    {
        ScriptedHost host;
        host.player.publish(unison());
        host.run(95999, 256);
        CHECK(host.heard.size() == 4);
        CHECK(host.checkBalance() == 0);
    }
}

TEST_CASE("notes that sound keep their own end when new music comes in")
{
    ScriptedHost host;
    // Soprano and bass hold over the bar line; only the soprano is struck again in the new music.
    host.player.publish(
        voices({{3 * quarter, 6 * quarter, 70, 90, 0}, {3 * quarter, 7 * quarter, 40, 90, 3}}));
    host.run(3 * 24000 + 100, 256);
    host.player.publish(
        voices({{5 * quarter, 8 * quarter, 70, 90, 0}, {4 * quarter, 5 * quarter, 52, 90, 2}}));
    host.run(5 * 24000 - 300, 256);
    host.playing = false;
    host.block(64);
    CHECK(host.checkBalance() == 0);
    const auto soprano = onChannel(host.heard, 0);
    REQUIRE(soprano.size() == 4);
    CHECK(soprano[1].sample == 5 * 24000); // cut by its own pitch, not at the bar line
    CHECK(soprano[2].sample == 5 * 24000);
    const auto bass = onChannel(host.heard, 3);
    REQUIRE(bass.size() == 2);
    CHECK(bass[1].sample == 7 * 24000);
    const auto tenor = onChannel(host.heard, 2);
    REQUIRE(tenor.size() == 2);
    CHECK(tenor[0].sample == 4 * 24000);
}

TEST_CASE("voices give the same events however the host cuts time into blocks")
{
    std::vector<Heard> reference;
    for (const int size : {1024, 17, 64, 4096, -1}) {
        ScriptedHost host;
        host.tempo = 97.3;
        host.context.voiceChannels = {0, 0, 1, 1};
        host.context.mutedVoices = 0b0100;
        host.player.publish(choir(3));
        if (size < 0)
            host.runUneven(480000, 3000, 11);
        else
            host.run(480000, size);
        host.checkBalance();
        if (reference.empty())
            reference = host.heard;
        REQUIRE(reference.size() > 20);
        REQUIRE(host.heard == reference);
    }
}

TEST_CASE("whatever is muted, moved, published and located, no note hangs")
{
    ScriptedHost host;
    std::mt19937 random(17);
    for (int i = 0; i < 20000; ++i) {
        if (random() % 40 == 0)
            host.context.mutedVoices = random() % 16;
        if (random() % 40 == 0)
            host.context.voiceChannels[random() % 4] = static_cast<int>(random() % 3);
        if (random() % 60 == 0)
            host.context.channel = static_cast<int>(random() % 3);
        if (random() % 50 == 0) {
            host.player.collect();
            if (random() % 4 == 0)
                host.player.publish(quarterNotes(1 + static_cast<int>(random() % 3)));
            else
                host.player.publish(
                    choir(1 + static_cast<int>(random() % 3), static_cast<int>(random() % 12)));
        }
        if (random() % 200 == 0)
            host.quarter = static_cast<double>(random() % 64) / 3.0;
        if (random() % 300 == 0)
            host.playing = !host.playing;
        host.bypassed = random() % 100 == 0;
        host.block(1 + static_cast<int>(random() % 2048));
    }
    host.checkBalance();
    host.bypassed = false;
    host.playing = false;
    host.block(64);
    CHECK(host.checkBalance() == 0);
}

TEST_CASE("a timeline refuses more voices than there are, and leaves out notes of none")
{
    CHECK_THROWS_AS(Timeline({}, bar, bar, 0), std::invalid_argument);
    CHECK_THROWS_AS(Timeline({}, bar, bar, 5), std::invalid_argument);
    const Timeline two({{0, 10, 60, 90, 1}, {0, 10, 60, 90, 0}, {0, 10, 60, 90, 2}}, bar, bar, 2);
    REQUIRE(two.notes().size() == 2);
    CHECK(two.lineOf(two.notes()[1]) == 1);
    CHECK(Timeline({{0, 10, 60, 90, 0}}, bar, bar).lineOf({}) == organum::player::soloLine);
}
