#include "Player/Feel.h"

#include "ScriptedHost.h"

#include <set>

using namespace organum::player;
using organum::test::Heard;
using organum::test::ScriptedHost;

namespace
{

constexpr std::int64_t bar = 4 * ticksPerQuarter;

std::unique_ptr<const Timeline> eighths(int bars, std::uint64_t seed = 5)
{
    std::vector<TimelineNote> notes;
    const std::int64_t step = ticksPerQuarter / 2;
    for (int i = 0; i < bars * 8; ++i)
        notes.push_back({i * step, (i + 1) * step, static_cast<std::uint8_t>(60 + i % 40), 90});
    return std::make_unique<const Timeline>(notes, bars * bar, bar, 1, Provenance{1, seed, 0});
}

/** Chords, runs, repetitions and long notes. */
std::unique_ptr<const Timeline> thicket(std::uint64_t seed = 5)
{
    std::mt19937 random(3);
    std::vector<TimelineNote> notes;
    for (int i = 0; i < 200; ++i) {
        const std::int64_t onset =
            static_cast<std::int64_t>(random() % 96) * (3 * bar / 96) + (i % 5 == 0 ? 313 : 0);
        notes.push_back({onset, onset + 1 + static_cast<std::int64_t>(random() % 25000),
                         static_cast<std::uint8_t>(40 + random() % 30), 80});
    }
    return std::make_unique<const Timeline>(notes, 3 * bar, bar, 1, Provenance{1, seed, 0});
}

Feel strong()
{
    Feel feel;
    feel.swing = 0.8f;
    feel.timing = 1.0f;
    feel.velocity = 1.0f;
    return feel;
}

} // namespace

TEST_CASE("without swing and humanising the take plays to the bit as it is written")
{
    const FeelPlace place{bar, 3 * bar, 0, 7};
    const auto music = thicket();
    for (const TimelineNote& note : music->notes()) {
        const FeltNote same = felt(note, {}, place);
        CHECK(same.onset == note.onset);
        CHECK(same.end == note.end);
        CHECK(same.velocity == note.velocity);
    }
    ScriptedHost plain;
    ScriptedHost zero;
    zero.context.feel.swingStep = ticksPerQuarter / 4;
    for (ScriptedHost* host : {&plain, &zero}) {
        host->player.publish(thicket());
        host->run(480000, 333);
    }
    CHECK(plain.heard == zero.heard);
}

TEST_CASE("swing delays every second eighth; two thirds of it are triplets")
{
    ScriptedHost host;
    host.player.publish(eighths(1));
    host.context.feel.swing = 2.0f / 3.0f;
    host.run(4 * 24000, 256);
    const auto quarters = host.onsetQuarters();
    REQUIRE(quarters.size() == 8);
    for (std::size_t i = 0; i < 8; ++i)
        CHECK(quarters[i] == Approx(static_cast<double>(i / 2) + (i % 2) * 2.0 / 3.0).margin(1e-4));
    host.checkBalance();
}

TEST_CASE("swing of sixteenths leaves eighths where they are")
{
    ScriptedHost host;
    host.player.publish(eighths(1));
    host.context.feel.swing = 1.0f;
    host.context.feel.swingStep = ticksPerQuarter / 4;
    host.run(4 * 24000, 256);
    const auto quarters = host.onsetQuarters();
    REQUIRE(quarters.size() == 8);
    for (std::size_t i = 0; i < 8; ++i)
        CHECK(quarters[i] == Approx(static_cast<double>(i) / 2.0).margin(1e-4));
}

TEST_CASE("in 7/8 the eighth that has no partner stays straight")
{
    const std::int64_t eighth = ticksPerQuarter / 2;
    const FeelPlace place{7 * eighth, 14 * eighth, 0, 1};
    Feel feel;
    feel.swing = 1.0f;
    CHECK(felt({5 * eighth, 6 * eighth}, feel, place).onset == 5 * eighth + eighth / 2);
    CHECK(felt({6 * eighth, 7 * eighth}, feel, place).onset == 6 * eighth);
    CHECK(felt({7 * eighth, 8 * eighth}, feel, place).onset == 7 * eighth);
}

TEST_CASE("humanising moves every note a little, never out of its bar, and never as much again")
{
    const auto music = thicket();
    const FeelPlace place{bar, 3 * bar, 0, 7};
    Feel feel;
    feel.timing = feel.velocity = 1.0f;
    std::set<std::int64_t> shifts;
    for (const TimelineNote& note : music->notes()) {
        const FeltNote played = felt(note, feel, place);
        shifts.insert(played.onset - note.onset);
        CHECK(std::abs(played.onset - note.onset) <= Feel::largestShift);
        CHECK(std::abs(played.velocity - note.velocity) <= Feel::largestAccent);
        CHECK(played.onset / bar == note.onset / bar);
        CHECK(played.end > played.onset);
        CHECK(played.end <= place.length);
    }
    CHECK(shifts.size() > 100);
    const TimelineNote& one = music->notes()[10];
    CHECK(felt(one, feel, place).onset == felt(one, feel, place).onset);
    CHECK(felt(one, feel, {bar, 3 * bar, 0, 8}).onset != felt(one, feel, place).onset);
}

TEST_CASE("with swing and humanising the same events come however time is cut into blocks")
{
    std::vector<Heard> reference;
    for (const int size : {1024, 1, 17, 64, 4096, -1}) {
        ScriptedHost host;
        host.tempo = 113.7;
        host.context.feel = strong();
        host.player.publish(thicket());
        if (size < 0)
            host.runUneven(200000, 3000, 11);
        else
            host.run(200000, size);
        host.checkBalance();
        if (reference.empty())
            reference = host.heard;
        INFO("block " << size);
        REQUIRE(reference.size() > 100);
        REQUIRE(host.heard == reference);
    }
}

TEST_CASE("a round with feel plays as many notes as one without, and every round is alike")
{
    ScriptedHost plain;
    ScriptedHost felt;
    felt.context.feel = strong();
    for (ScriptedHost* host : {&plain, &felt}) {
        host->player.publish(eighths(2));
        host->run(4 * 8 * 24000, 512);
        CHECK(host->onsets().size() == 4 * 16);
    }
    const auto onsets = felt.onsets();
    for (std::size_t i = 0; i + 16 < onsets.size(); ++i) {
        CHECK(onsets[i + 16].sample == onsets[i].sample + 8 * 24000);
        CHECK(onsets[i + 16].event.velocity == onsets[i].event.velocity);
    }
}

TEST_CASE("turning swing in the middle of a bar neither doubles nor loses a note")
{
    ScriptedHost host;
    host.player.publish(eighths(2));
    std::mt19937 random(8);
    while (host.elapsed < 16 * 8 * 24000) {
        host.context.feel.swing = static_cast<float>(random() % 101) / 100.0f;
        host.context.feel.timing = static_cast<float>(random() % 101) / 100.0f;
        host.block(500);
    }
    const auto pitches = host.pitches();
    REQUIRE(pitches.size() == 16 * 16);
    for (std::size_t i = 0; i < pitches.size(); ++i)
        CHECK(pitches[i] == 60 + static_cast<int>(i % 16));
    host.checkBalance();
}
